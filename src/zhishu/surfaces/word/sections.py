"""Sections: the sheet, its grid of lines, and the foot with page number and checkpoint."""

from zhishu.surfaces.printable import ems, printable
from zhishu.surfaces.word.model import Briefing
from zhishu.surfaces.word.ooxml import SPACES, el, field, paragraph, run
from zhishu.surfaces.word.page import (
    FOOT_LINE,
    LANDSCAPE,
    LINE,
    NOTE_LINE,
    NOTE_TYPE,
    NUMBER_BELOW_BLOCK,
    PORTRAIT,
    SMALL,
    mm,
    points,
    twips,
)
from zhishu.surfaces.word.wording import STAMPS, lines
from zhishu.terms import Text

# The dash of the page number lies this share of its size above the baseline, which lies at four fifths of the line.
_DASH_ABOVE = 0.38
MOST_NOTE_LINES = 3


def section(
    relations: dict[str, str], notes: int, *, landscape: bool = False, columns: int = 1, begins: str = "nextPage"
) -> str:
    """Return the properties of a section; ``relations`` names its header and feet, ``notes`` counts the foot's lines."""
    sheet = LANDSCAPE if landscape else PORTRAIT
    refs = "".join(
        f'<w:{kind}Reference w:type="{side}" r:id="{relations[kind + side]}"/>'
        for kind in ("header", "footer")
        for side in ("default", "even")
        if kind + side in relations
    )
    # the foot grows upward from its own distance: what stands below the number is taken off
    dash = FOOT_LINE * 0.8 - SMALL * _DASH_ABOVE
    foot = points(sheet.bottom - NUMBER_BELOW_BLOCK) - (FOOT_LINE - dash) - notes * NOTE_LINE
    turned: dict[str, str | int] = {"orient": "landscape"} if landscape else {}
    return el(
        "sectPr",
        refs
        + el("type", val=begins)
        + el("pgSz", w=mm(sheet.width), h=mm(sheet.height), **turned)
        + el(
            "pgMar",
            top=mm(sheet.top),
            right=mm(sheet.right),
            bottom=mm(sheet.bottom),
            left=mm(sheet.left),
            header=mm(min(20, sheet.top - 10)),
            footer=twips(foot),
            gutter=0,
        )
        + el("cols", num=columns, space=mm(6))
        + el("docGrid", type="lines", linePitch=twips(LINE)),
    )


def footer(briefing: Briefing, *, even: bool) -> str:
    """Return the foot of odd or even pages: odd numbers one character from the right, even ones from the left."""
    side = el("ind", left=twips(SMALL)) + el("jc", val="left")
    if not even:
        side = el("ind", right=twips(SMALL)) + el("jc", val="right")
    number = paragraph(run("— ") + field("PAGE") + run(" —"), "PageNumber", side)
    notes = "".join(paragraph(run(line), "Checkpoint") for line in foot_notes(briefing))
    return f"<w:ftr {SPACES}>{number}{notes}</w:ftr>"


def header(briefing: Briefing) -> str:
    """Return the head of every page: what kind of copy it is, or nothing."""
    said = STAMPS[briefing.stamp].say(briefing.language) if briefing.stamp else ""
    return f"<w:hdr {SPACES}>{paragraph(run(said), 'Stamp')}</w:hdr>"


def foot_notes(briefing: Briefing) -> tuple[str, ...]:
    """Return the lines below the page number: the checkpoint of the ledger and how it is verified."""
    point = briefing.checkpoint
    if point is None:
        return ()
    short = printable(point.hash)[:12], printable(point.signature)[:12]
    said = Text(
        f"台账检查点：第{point.seq}条，摘要{short[0]}，签名{short[1]}",
        f"Ledger checkpoint: entry {point.seq}, hash {short[0]}, signature {short[1]}",
    ).say(briefing.language)
    verify = printable(point.verify)
    if verify:
        how = Text("核验：", "Verify: ").say(briefing.language) + verify
        joined = f"{said}{'；' if briefing.language == 'zh' else '; '}{how}"
        room = points(LANDSCAPE.block[1]) / NOTE_TYPE
        if ems(joined) <= room:
            return (joined,)
        return (said, *lines(how, room))
    return (said,)
