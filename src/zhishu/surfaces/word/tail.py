"""The end of the text: annexes, signature, date, note, and the list of sources."""

from zhishu.surfaces.printable import ems
from zhishu.surfaces.word.marks import Marks
from zhishu.surfaces.word.model import Briefing
from zhishu.surfaces.word.ooxml import before, el, paragraph, run
from zhishu.surfaces.word.page import (
    BODY,
    CHARACTER,
    LINE,
    PORTRAIT,
    points,
    twips,
)
from zhishu.surfaces.word.wording import ANNEX, NO_DATE, SOURCES, day
from zhishu.terms import Language, Text

_FREE = 4 * CHARACTER


def annexes(briefing: Briefing) -> str:
    """Return the list of annexes: numbered when there are several, a second line under the first name."""
    names = briefing.annexes
    if not names:
        return ""
    label = ANNEX.say(briefing.language)
    made = ""
    for number, name in enumerate(names, start=1):
        sign = f"{number}. " if len(names) > 1 else ""
        first = 2 * CHARACTER + ems(label) * CHARACTER
        hang = ems(sign) * CHARACTER
        start = first + hang
        indent = el("ind", left=twips(start), hanging=twips(hang if number > 1 else start - 2 * CHARACTER))
        shown = (label if number == 1 else "") + sign + name
        made += paragraph(run(shown), "Flush", el("keepNext") + (before(LINE) if number == 1 else "") + indent)
    return made


def signature(briefing: Briefing) -> str:
    """Return the signing organ centred over its date, the date four characters from the right, and the note."""
    words = briefing.language
    dated = day(briefing.signed_on, words) if briefing.signed_on else NO_DATE.say(words)
    # Latin digits and the pending notice are estimated; the organ is centred on the date
    longer = (ems(briefing.signed_by) - ems(dated)) * BODY / 2
    # a long name ends at the margin, and the date moves in under its middle
    free = max(_FREE, longer)
    organ = free - longer
    keep = el("keepNext")
    made = paragraph(run(briefing.signed_by), "Right", keep + before(LINE) + el("ind", right=twips(organ)))
    made += paragraph(run(dated), "Right", (keep if briefing.published else "") + el("ind", right=twips(free)))
    if briefing.published:
        on = day(briefing.published, words)
        note = Text(f"（数据为截至{on}公布并入账的）", f"(Figures as published and recorded by {on}.)")
        made += paragraph(run(note.say(words)))
    return made


def source_head(language: Language) -> str:
    """Return the heading of the list of sources, as an annex begins: flush left on a new page."""
    return paragraph(run(SOURCES.say(language)), "Heading1", el("ind", firstLine=0))


def source_list(briefing: Briefing, marks: Marks) -> str:
    """Return one line a reference."""
    said = {s.ref: s.said for s in briefing.sources}
    hang = el("ind", left=twips(27), hanging=twips(27))
    return "".join(paragraph(marks.entry(ref, said.get(ref, "")), "Source", hang) for ref in marks.numbers)


def source_columns(briefing: Briefing, marks: Marks) -> int:
    """Return in how many columns the list stands: two for many short entries."""
    said = {s.ref: s.said for s in briefing.sources}
    longest = max((ems(ref) + ems(said.get(ref, "")) for ref in marks.numbers), default=0.0)
    return 2 if len(marks.numbers) > 20 and longest * 9 < points(PORTRAIT.block[0]) - 60 else 1
