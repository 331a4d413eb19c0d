"""Tables: rules all round, the head repeated on every page, no row torn, never wider than the block."""

from zhishu.surfaces.word.fit import PADDING, Fit, has_sources
from zhishu.surfaces.word.marks import Marks, refs_of
from zhishu.surfaces.word.model import Table, Words, plain
from zhishu.surfaces.word.ooxml import el, paragraph, run
from zhishu.surfaces.word.page import twips
from zhishu.surfaces.word.wording import NOTE, SOURCE_COLUMN, UNIT, ranges
from zhishu.surfaces.word.wording import TABLE as WORD
from zhishu.terms import Language

_SIDES = ("top", "left", "bottom", "right", "insideH", "insideV")


def table_xml(table: Table, number: int, how: Fit, marks: Marks, language: Language) -> str:
    """Return caption, unit, table and note of one table."""
    caption = f"{WORD.say(language)}{number}　{table.caption}"
    above = paragraph(run(caption), "Caption", el("spacing", before=120))
    if table.unit:
        above += paragraph(run(UNIT.say(language) + table.unit), "Unit")
    below = paragraph(run(NOTE.say(language) + table.note), "Said") if table.note else ""
    # a free line after a table, so that text does not stick to its rule
    after = paragraph("", "", el("spacing", line=160, lineRule="exact"))
    return above + _grid(table, caption, how, marks, language) + below + after


def _grid(table: Table, caption: str, how: Fit, marks: Marks, language: Language) -> str:
    total = twips(sum(how.widths))
    widths = [twips(w) for w in how.widths]
    borders = "".join(el(side, val="single", sz=4, space=0, color="000000") for side in _SIDES)
    margins = "".join(el(side, w=twips(PADDING), type="dxa") for side in ("left", "right"))
    props = el(
        "tblPr",
        el("tblW", w=total, type="dxa")
        + el("jc", val="center")
        + el("tblBorders", borders)
        + el("tblLayout", type="fixed")
        + el("tblCellMar", margins)
        + el("tblLook", val="0020", firstRow=1)
        + el("tblCaption", val=caption),
    )
    sourced = has_sources(table)
    heads = [run(head, _type(how, head=True)) for head in table.columns]
    if sourced:
        heads.append(run(SOURCE_COLUMN.say(language), _type(how, head=True)))
    rows = [_row(heads, ["center"] * len(heads), widths, how, head=True)]
    aligned = [_align(tuple(row[i] for row in table.rows)) for i in range(len(table.columns))]
    for row in table.rows:
        cells = [_sized(marks.cell(cell), how) for cell in row]
        if sourced:
            numbers = ranges(tuple(marks.numbers[ref] for ref in refs_of(row)))
            cells.append(run(numbers, _type(how)))
        rows.append(_row(cells, [*aligned, "center"], widths, how))
    return el("tbl", props + el("tblGrid", "".join(el("gridCol", w=w) for w in widths)) + "".join(rows))


def _row(cells: list[str], aligned: list[str], widths: list[int], how: Fit, *, head: bool = False) -> str:
    props = el("trPr", el("cantSplit") + (el("tblHeader") if head else ""))
    line = el("spacing", line=twips(how.size * 1.5), lineRule="exact")
    made = "".join(
        el(
            "tc",
            el("tcPr", el("tcW", w=w, type="dxa") + el("vAlign", val="center"))
            + paragraph(cell, "Cell", line + el("jc", val=align)),
        )
        for cell, align, w in zip(cells, aligned, widths, strict=False)
    )
    return el("tr", props + made)


def _type(how: Fit, *, head: bool = False) -> str:
    face = el("rFonts", eastAsia="黑体") + el("b", val=0) if head else ""
    return face + el("sz", val=round(how.size * 2)) + el("szCs", val=round(how.size * 2))


def _sized(runs: str, how: Fit) -> str:
    """Return a cell's runs in the table's type size."""
    return runs.replace("<w:r>", f"<w:r>{el('rPr', _type(how))}")


def _align(cells: tuple[Words, ...]) -> str:
    """Return where a column stands: numbers to the right, words to the left."""
    said = [plain(cell).strip() for cell in cells]
    known = [s for s in said if s and s not in ("—", "－", "-", "…")]
    numeric = [s for s in known if s.strip("+-−0123456789.,，%‰ ") == ""]
    return "right" if known and len(numeric) * 2 >= len(known) else "left"
