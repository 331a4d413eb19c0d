"""Lifting the plain cells out of a sheet at once: a province's table is 100,000 of them and little else.

A cell is plain if it has its own address, holds a number shown as one or a shared string, and nothing else. What is
lifted is cut out, and the rest is parsed with all care; a part written in another manner is left whole.
"""

import re
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING

from zhishu.data.sheets.grid import cell_table, column_of_letters

if TYPE_CHECKING:
    import polars

_CELL = '<c r="'
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*encoding=["']([^"']+)""")
# signs of a number that is kept as it stands: no more digits than a spreadsheet keeps
_KEPT = 15


def lift(
    part: bytes, styles: Collection[int], strings: Sequence[str], spelled: Callable[[str], str]
) -> tuple[bytes, "polars.DataFrame"]:
    """Return the XML of a sheet without its plain cells, and these as a table of row, column, text and kind.

    ``styles`` are the cell formats that show a number as one; ``spelled`` writes a stored number out where its digits
    are not kept as they stand. Raises IndexError for a shared string that does not exist.
    """
    import polars as pl

    text = _plain_xml(part)
    if text is None:
        return part, cell_table([], [], [], [])
    shown = f'(?: s="(?:{"|".join(str(n) for n in sorted(styles))})")?' if styles else ""
    pattern = (
        r'(?s)^([A-Z]{1,3})([1-9][0-9]{0,6})"(?:(?: s="[0-9]+")? t="(s)"><v>([0-9]{1,9})|'
        rf'{shown}(?: t="n")?><v>(-?[0-9]{{1,20}}(?:\.[0-9]{{1,20}})?))</v></c>(.*)$'
    )
    head, *_ = text.split(_CELL, 1)
    pieces = pl.Series("piece", [text[len(head) :].removeprefix(_CELL)]).str.split(_CELL).explode()
    found = pieces.str.extract_groups(pattern).struct.unnest()
    found.columns = ["letters", "row", "shared", "index", "number", "tail"]
    plain = found.get_column("letters").is_not_null()
    parts = found.filter(plain)
    if not len(parts):
        return part, cell_table([], [], [], [])
    if parts.select("letters", "row").is_duplicated().any():
        # two cells of one address: the last one counts, which the parser sees to
        return part, cell_table([], [], [], [])
    letters = parts.get_column("letters")
    known = letters.unique().to_list()
    columns = letters.replace_strict(known, [column_of_letters(w) for w in known], return_dtype=pl.Int32)
    index = parts.get_column("index").cast(pl.Int64)
    if index.filter(index >= len(strings)).len():
        raise IndexError(len(strings))
    said = pl.Series(list(strings), dtype=pl.String).gather(index) if strings else pl.Series([None], dtype=pl.String)
    numbers = parts.get_column("number")
    odd = numbers.filter((numbers.str.len_bytes() > _KEPT) | numbers.str.starts_with("-")).unique().to_list()
    numbers = numbers.replace(odd, [spelled(n) for n in odd]) if odd else numbers
    table = pl.DataFrame(
        {
            "row": parts.get_column("row").cast(pl.Int32),
            "column": columns,
            "text": numbers.fill_null(said),
            "kind": parts.get_column("shared").fill_null("n"),
        }
    )
    left = pl.select(pl.when(plain).then(found.get_column("tail")).otherwise(_CELL + pieces)).to_series()
    return (head + left.str.join()[0]).encode(), table.filter(pl.col("text") != "")


def _plain_xml(part: bytes) -> str | None:
    """Return the characters of a sheet that is written as spreadsheet programs write it, or None."""
    stated = _ENCODING.match(part)
    # a comment or a section could hold what looks like a cell
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or b"<!" in part or (stated and stated[1].lower() != b"utf-8"):
        return None
    # where some cells have no address, the others give them theirs
    cells = part.count(_CELL.encode())
    if not cells or part.count(b"<c ") != cells or b"<c>" in part:
        return None
    try:
        return part.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
