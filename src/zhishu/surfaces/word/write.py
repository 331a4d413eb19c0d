"""A briefing as a Word file in the layout of GB/T 9704-2012."""

import io
from collections.abc import Iterator
from itertools import groupby

from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml

from zhishu.errors import ZhishuError
from zhishu.surfaces.printable import ems
from zhishu.surfaces.word.checks import problems
from zhishu.surfaces.word.fit import Fit, fit
from zhishu.surfaces.word.head import head
from zhishu.surfaces.word.imprint import imprint
from zhishu.surfaces.word.marks import Marks, address, number_refs
from zhishu.surfaces.word.model import Briefing, Chart, Heading, Paragraph, Table, plain
from zhishu.surfaces.word.ooxml import SPACES, el, paragraph, run, tiny
from zhishu.surfaces.word.package import add_part, blank, packed
from zhishu.surfaces.word.pictures import chart_xml, png
from zhishu.surfaces.word.sections import foot_notes, footer, header, section
from zhishu.surfaces.word.tables import table_xml
from zhishu.surfaces.word.tail import annexes, signature, source_columns, source_head, source_list
from zhishu.surfaces.word.wording import numeral

# Five lines of 28 characters.
_SHORT = 140.0


def write(briefing: Briefing, base: str | None = None) -> bytes:
    """Return the .docx of a briefing; the same briefing gives the same bytes.

    Every number with a reference leads to its line in the list of sources at the end, or, with ``base``,
    to ``base`` followed by the encoded reference. Raises ZhishuError with every ``briefing-*`` problem.
    Source: GB/T 9704-2012, 党政机关公文格式.

    >>> from zhishu.surfaces.word.model import Briefing, Paragraph
    >>> text = (Paragraph("全省县域经济运行平稳。"),)
    >>> write(Briefing("zh", "示例机关", None, "关于示例的通报", ("各市（州）",), text, "示例机关", None))[:2]
    b'PK'
    """
    found = problems(briefing, base)
    if found:
        raise ZhishuError(found)
    document = blank(briefing)
    numbers = number_refs(briefing)
    relations = {ref: _leave(document, address(base, ref)) for ref in numbers} if base is not None else {}
    marks = Marks(numbers, relations)
    edges = {
        "headerdefault": add_part(document, "header1", header(briefing)),
        "headereven": add_part(document, "header2", header(briefing)),
        "footerdefault": add_part(document, "footer1", footer(briefing, even=False)),
        "footereven": add_part(document, "footer2", footer(briefing, even=True)),
    }
    body = parse_xml(f"<w:body {SPACES}>{_body(briefing, document, marks, edges)}</w:body>")
    own = document.element.body
    for child in list(own):
        own.remove(child)
    own.extend(list(body))
    return packed(document)


def _body(briefing: Briefing, document: Docx, marks: Marks, edges: dict[str, str]) -> str:
    """Return the document in its sections: portrait text, landscape tables, the list of sources, the imprint."""
    notes = len(foot_notes(briefing))
    runs = [
        (wide, "".join(xml for xml, _ in part))
        for wide, part in groupby(_blocks(briefing, document, marks), key=lambda one: one[1])
    ]
    if runs[-1][0]:
        runs.append((False, ""))
    runs[-1] = (False, runs[-1][1] + annexes(briefing) + signature(briefing))
    made = [(xml, section(edges, notes, landscape=wide)) for wide, xml in runs]
    if marks.numbers:
        made.append((source_head(briefing.language), section(edges, notes)))
        columns = source_columns(briefing, marks)
        made.append((source_list(briefing, marks), section(edges, notes, columns=columns, begins="continuous")))
        made.append(("", section(edges, notes, begins="continuous")))
    foot = imprint(briefing.imprint, briefing.language) if briefing.imprint else ""
    ended = "".join(xml + tiny(end) for xml, end in made[:-1])
    return f"{ended}{made[-1][0]}{tiny(body=foot)}{made[-1][1]}"


def _blocks(briefing: Briefing, document: Docx, marks: Marks) -> Iterator[tuple[str, bool]]:
    """Yield the markup of each part of the text and whether it stands on a landscape page."""
    yield head(briefing), False
    language = briefing.language
    counts = [0, 0, 0, 0]
    tables = charts = 0
    for block in briefing.blocks:
        match block:
            case Heading(level, words):
                counts[level - 1] += 1
                counts[level:] = [0] * (4 - level)
                yield paragraph(run(numeral(level, counts[level - 1], language) + words), f"Heading{level}"), False
            case Paragraph(words):
                # a short last paragraph goes with the signature, which should not stand on a page without text;
                # a long one would take whole pages with it
                last = block is briefing.blocks[-1] and ems(plain(words)) <= _SHORT
                together = el("keepNext") if last else ""
                yield paragraph(marks.say(words), "", together), False
            case Table():
                tables += 1
                how = fit(block, language) or Fit(0, False, ())
                yield table_xml(block, tables, how, marks, language), how.landscape
            case Chart():
                charts += 1
                content = png(block.picture)
                relation, _ = document.part.get_or_add_image(io.BytesIO(content))
                yield chart_xml(block, charts, content, relation, marks, language), False


def _leave(document: Docx, url: str) -> str:
    return str(document.part.relate_to(url, RT.HYPERLINK, is_external=True))
