"""The imprint (版记): copies, printer and date between rules, the last of them on the block's lower edge."""

from zhishu.surfaces.printable import ems
from zhishu.surfaces.word.model import Imprint
from zhishu.surfaces.word.ooxml import WPS, el, paragraph, run, tab, tiny
from zhishu.surfaces.word.page import PORTRAIT, RULE_THICK, RULE_THIN, SMALL, points, twips
from zhishu.surfaces.word.wording import COPIES, LIST_END, LIST_SIGN, day
from zhishu.terms import Language

_LINE = 24.0
_WIDTH = points(PORTRAIT.block[0])
_EMU = 12700
# The box clips what overflows: its height is estimated high, and its words stand at its foot.
_AIR = 1.06


def imprint(stated: Imprint, language: Language) -> str:
    """Return the run of a box at the foot of the text block; it is anchored where the text ends.

    A box, because the paragraph frames and floating tables of Word are put into the running text by LibreOffice.
    """
    rows, count = [], 1
    if stated.copies:
        label = COPIES.say(language)
        hang = ems(label) * SMALL
        said = label + LIST_SIGN.say(language).join(stated.copies) + LIST_END.say(language)
        rows.append(paragraph(run(said), "Imprint", el("ind", left=twips(hang), hanging=twips(hang))))
        count += _lines(said, hang)
    printed = day(stated.printed_on, language)
    dated = f"{printed}印发" if language == "zh" else f"Printed on {printed}"
    stops = el("tabs", el("tab", val="right", pos=twips(_WIDTH - 2 * SMALL)))
    rows.append(paragraph(run(stated.printed_by) + tab() + run(dated), "Imprint", stops))
    if ems(stated.printed_by + dated) * SMALL > _WIDTH - 3 * SMALL:
        count += 1
    return _box(_grid(rows) + tiny(), _WIDTH, count * _LINE + 2)


def _grid(rows: list[str]) -> str:
    """Return one cell a row between rules as wide as the block; words stand one character in from each end."""
    width = twips(_WIDTH)
    rules = _rule("top", RULE_THICK) + _rule("bottom", RULE_THICK) + _rule("insideH", RULE_THIN)
    ends = el("left", w=twips(SMALL), type="dxa") + el("right", w=twips(SMALL), type="dxa")
    props = el("tblW", w=width, type="dxa") + el("tblInd", w=0, type="dxa") + el("tblBorders", rules)
    props += el("tblLayout", type="fixed") + el("tblCellMar", ends)
    cells = "".join(el("tr", el("tc", el("tcPr", el("tcW", w=width, type="dxa")) + row)) for row in rows)
    return el("tbl", el("tblPr", props) + el("tblGrid", el("gridCol", w=width)) + cells)


def _lines(said: str, hang: float) -> int:
    """Return how many lines the copies take: their first hangs out by the label."""
    room = _WIDTH - 2 * SMALL - hang
    return max(1, -int(-(ems(said) * SMALL * _AIR - hang) // room))


def _rule(side: str, thick: float) -> str:
    # borders are counted in eighths of a point
    return el(side, val="single", sz=round(points(thick) * 8), space=0, color="000000")


def _box(body: str, width: float, height: float) -> str:
    size = f'cx="{round(width * _EMU)}" cy="{round(height * _EMU)}"'
    shape = (
        '<wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>'
        f'<a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>'
        f"<wps:txbx>{el('txbxContent', body)}</wps:txbx>"
        '<wps:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="b"><a:noAutofit/></wps:bodyPr></wps:wsp>'
    )
    return (
        '<w:r><w:drawing><wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="1"'
        ' behindDoc="0" locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
        '<wp:positionH relativeFrom="margin"><wp:align>left</wp:align></wp:positionH>'
        '<wp:positionV relativeFrom="margin"><wp:align>bottom</wp:align></wp:positionV>'
        f'<wp:extent {size}/><wp:wrapTopAndBottom/><wp:docPr id="9999" name="版记"/>'
        f'<a:graphic><a:graphicData uri="{WPS}">{shape}</a:graphicData></a:graphic></wp:anchor></w:drawing></w:r>'
    )
