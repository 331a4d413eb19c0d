"""The styles of the document: one a part of GB/T 9704-2012, with the typefaces it names."""

from dataclasses import dataclass

from zhishu.surfaces.word.ooxml import SPACES, el
from zhishu.surfaces.word.page import (
    BODY,
    CHARACTER,
    FOOT_LINE,
    GREY,
    LINE,
    NOTE_LINE,
    NOTE_TYPE,
    RED,
    SMALL,
    TIGHTER,
    TITLE,
    twips,
)
from zhishu.terms import Language

FANGSONG, HEI, KAI, BIAOSONG, SONG = "仿宋_GB2312", "黑体", "楷体_GB2312", "方正小标宋简体", "宋体"
LATIN = "Times New Roman"
# What a reader's machine may have instead; Word follows these names when the first is not installed.
INSTEAD = {FANGSONG: "仿宋", HEI: "SimHei", KAI: "楷体", BIAOSONG: "方正小标宋_GBK", SONG: "SimSun"}


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; lengths in points, ``indent`` is that of the first line, ``line`` exact (0 is free)."""

    id: str
    name: str
    face: str = FANGSONG
    size: float = BODY
    line: float = LINE
    align: str = "left"
    indent: float = 0
    before: float = 0
    colour: str = ""
    bold: bool = False
    italic: bool = False
    next_together: bool = False
    level: int = 0


def styles(language: Language) -> str:
    """Return the markup of styles.xml for one language."""
    english = language == "en"
    body = Style("Normal", "Normal", align="both" if language == "zh" else "left", indent=2 * CHARACTER)
    heads = [
        Style(f"Heading{n}", f"heading {n}", face, indent=2 * CHARACTER, next_together=True, level=n, bold=bold)
        for n, (face, bold) in enumerate(((HEI, False), (KAI, False), (FANGSONG, english), (FANGSONG, False)), start=1)
    ]
    own = [
        Style("Organ", "发文机关标志", BIAOSONG, 48, 52.8, "center", colour=RED),
        Style("DocumentNumber", "发文字号", align="center"),
        Style("Title", "Title", BIAOSONG, TITLE, LINE, "center"),
        Style("Flush", "顶格", align=body.align),
        Style("Restriction", "密级期限", HEI),
        Style("Right", "落款", align="right"),
        Style("Caption", "caption", HEI, 12, 20, "center", next_together=True),
        Style("Unit", "表单位", size=10.5, line=16, align="right", next_together=True),
        Style("Picture", "图", line=0, align="center", before=6, next_together=True),
        Style("Said", "图表说明", size=12, line=20, align=body.align, indent=24),
        Style("Cell", "表格", size=10.5, line=0),
        Style("Source", "出处", size=9, line=13),
        Style("PageNumber", "页码", SONG, SMALL, FOOT_LINE),
        Style("Stamp", "稿本", HEI, SMALL, FOOT_LINE, "right"),
        Style("Checkpoint", "台账检查点", size=NOTE_TYPE, line=NOTE_LINE, align="center", colour=GREY),
        Style("Imprint", "版记", size=SMALL, line=24),
    ]
    defaults = el(
        "docDefaults",
        el("rPrDefault", el("rPr", _fonts(FANGSONG) + el("kern", val=0) + _size(BODY) + _lang(language)))
        + el("pPrDefault"),
    )
    table = el(
        "style",
        el("name", val="Normal Table") + el("tblPr", el("tblInd", w=0, type="dxa")),
        type="table",
        default=1,
        styleId="TableNormal",
    )
    return (
        f"<w:styles {SPACES}>{defaults}{''.join(_style(s, language) for s in (body, *heads, *own))}{table}</w:styles>"
    )


def _style(style: Style, language: Language) -> str:
    main = style.id == "Normal"
    head = el("name", val=style.name) + ("" if main else el("basedOn", val="Normal")) + el("qFormat")
    spacing: dict[str, str | int] = {"before": twips(style.before), "after": 0}
    spacing |= {"line": twips(style.line), "lineRule": "exact"} if style.line else {"line": 240, "lineRule": "auto"}
    paragraph = (
        (el("keepNext") if style.next_together else "")
        + el("widowControl", val=0)
        + (el("overflowPunct", val=0) + el("autoSpaceDE", val=0) + el("autoSpaceDN", val=0) if main else "")
        + el("adjustRightInd", val=0)
        + el("snapToGrid", val=0)
        + el("spacing", **spacing)
        + el("ind", left=0, right=0, firstLine=twips(style.indent))
        + el("jc", val=style.align)
        + (el("outlineLvl", val=style.level - 1) if style.level else "")
    )
    # digits of heavy type are set in it too, or they look torn out of their line; Latin type has no heavy or brush face of the standard's names: weight and slant stand for them
    english = language == "en"
    bold = style.bold or (english and style.face in (HEI, BIAOSONG))
    italic = style.italic or (english and style.face == KAI)
    body_type = style.size == BODY and language == "zh"
    letters = (
        _fonts(style.face, style.face if style.face in (SONG, HEI, BIAOSONG) and not english else LATIN)
        + (el("b") if bold else "")
        + (el("i") if italic else "")
        + (el("color", val=style.colour) if style.colour else "")
        + el("spacing", val=twips(TIGHTER) if body_type else 0)
        + _size(style.size)
    )
    extra: dict[str, str | int] = {"default": 1} if main else {}
    body = head + el("pPr", paragraph) + el("rPr", letters)
    return el("style", body, type="paragraph", styleId=style.id, **extra)


def _fonts(face: str, latin: str = LATIN) -> str:
    return el("rFonts", ascii=latin, hAnsi=latin, eastAsia=face, cs=latin)


def _size(size: float) -> str:
    return el("sz", val=round(size * 2)) + el("szCs", val=round(size * 2))


def _lang(language: Language) -> str:
    return el("lang", val="en-GB" if language == "en" else "zh-CN", eastAsia="zh-CN")


def settings(language: Language) -> str:
    """Return the markup of settings.xml: odd and even feet differ, nothing is fetched, nothing is compressed."""
    word = "http://schemas.microsoft.com/office/word"
    compat = el("useFELayout") + el("compatSetting", name="compatibilityMode", uri=word, val=15)
    parts = (
        el("zoom", percent=100)
        + el("defaultTabStop", val=630)
        + el("evenAndOddHeaders")
        + el("drawingGridVerticalSpacing", val=twips(LINE))
        + el("characterSpacingControl", val="doNotCompress")
        + el("compat", compat)
        + el("themeFontLang", val="en-GB" if language == "en" else "zh-CN", eastAsia="zh-CN")
        + el("decimalSymbol", val=".")
        + el("listSeparator", val=",")
    )
    return f"<w:settings {SPACES}>{parts}</w:settings>"


def fonts() -> str:
    """Return the markup of fontTable.xml: the names of the standard, each with what may stand for it."""
    listed = "".join(
        el("font", el("altName", val=other) + el("charset", val="86") + el("family", val="auto"), name=name)
        for name, other in INSTEAD.items()
    )
    listed += el("font", el("charset", val="00") + el("family", val="roman"), name=LATIN)
    return f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:fonts {SPACES}>{listed}</w:fonts>'
