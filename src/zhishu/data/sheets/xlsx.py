"""A workbook as grids: one pass over each sheet gives values, number formats, merged ranges and bare formulas.

Written here because openpyxl hides merged ranges while it streams and needs a second reading to see formulas nobody
computed, and calamine gives neither number formats nor such formulas (docs/adr/0010).
"""

import zipfile
import zlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from posixpath import join, normpath
from typing import TYPE_CHECKING
from xml.parsers import expat

from zhishu.data.sheets.grid import Cell, CellKind, Grid, Range, cell_table, joined, place
from zhishu.data.sheets.lift import lift
from zhishu.data.sheets.package import open_package, refuse
from zhishu.data.sheets.styles import shown_as
from zhishu.data.sheets.xml import Declares, TooMuch, parse, pieces
from zhishu.errors import Problem
from zhishu.terms import Text

if TYPE_CHECKING:
    import polars

MOST_CELLS = 1_500_000
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
MOST_WORDS = 40_000_000
# a sheet of more bytes is parsed piece by piece, with nothing lifted: plain cells alone take less
MOST_AT_ONCE = 64_000_000
_LAST_DAY = 2_958_465
# what the standard library raises on a damaged part: a false checksum or stream, a part, index or encoding that is not
# there, a number that is none, a part cut short, a way of packing it does not know
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    LookupError,
    ValueError,
    OSError,
    EOFError,
    NotImplementedError,
    RuntimeError,
)


def workbook(content: bytes, file: str, wanted: Collection[str] | None = None) -> dict[str, Grid]:
    """Return the sheets of a workbook by name, in its order; sheets not ``wanted`` come empty.

    A number has the 15 digits a spreadsheet keeps. Raises ZhishuError ``xlsx-not-a-workbook``, ``xlsx-too-large``,
    ``xlsx-encrypted``, ``xlsx-old``, ``xlsx-html`` or ``xlsx-macro``.
    """
    archive = open_package(content, file)
    try:
        return _Book(archive).read(wanted)
    except Declares as error:
        raise refuse("xlsx-not-a-workbook", file, Text("含有文档类型声明", "it declares a document type")) from error
    except TooMuch as error:
        raise refuse("xlsx-too-large", file, Text("格子过多", "it has too many cells")) from error
    except (*_BROKEN, expat.ExpatError) as error:
        raise refuse("xlsx-not-a-workbook", file, Text("读不出工作簿", "not a readable workbook")) from error


@dataclass(slots=True)
class _Book:
    archive: zipfile.ZipFile
    strings: list[Cell] = field(default_factory=list)
    kinds: list[str] = field(default_factory=list)
    day_0: date = date(1899, 12, 30)
    cells: int = 0

    def read(self, wanted: Collection[str] | None) -> dict[str, Grid]:
        main = self._main()
        listed: list[tuple[str, str, bool]] = []

        def start(tag: str, a: dict[str, str]) -> None:
            if tag == "workbookPr" and a.get("date1904") in ("1", "true"):
                self.day_0 = date(1904, 1, 1)
            elif tag == "sheet":
                target = next((v for k, v in a.items() if k.rpartition(":")[2] == "id" and ":" in k), "")
                listed.append((a.get("name", ""), target, a.get("state", "visible") != "visible"))

        parse(pieces(self.archive, main), start, _nothing, _nothing)
        targets = self._targets(main)
        kinds = {kind: path for path, kind in targets.values()}
        if "sharedStrings" in kinds:
            self._strings(kinds["sharedStrings"])
        if "styles" in kinds:
            self._styles(kinds["styles"])
        found: dict[str, Grid] = {}
        for name, target, hidden in listed:
            path, kind = targets.get(target, ("", ""))
            grid = Grid(name, hidden=hidden)
            if kind == "worksheet" and (wanted is None or name in wanted):
                self._sheet(path, grid)
            found[name] = grid
        return found

    def _main(self) -> str:
        return next((path for path, kind in self._targets("").values() if kind == "officeDocument"), "xl/workbook.xml")

    def _targets(self, part: str) -> dict[str, tuple[str, str]]:
        """Return the parts a part refers to: id to path and kind."""
        folder, _, name = part.rpartition("/")
        path = f"{folder}/_rels/{name}.rels" if part else "_rels/.rels"
        found: dict[str, tuple[str, str]] = {}

        def start(tag: str, a: dict[str, str]) -> None:
            if tag == "Relationship" and a.get("TargetMode") != "External":
                target = a.get("Target", "")
                place = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                found[a.get("Id", "")] = (place, a.get("Type", "").rpartition("/")[2])

        if path in self.archive.namelist():
            parse(pieces(self.archive, path), start, _nothing, _nothing)
        return found

    def _strings(self, path: str) -> None:
        words: list[str] = []
        state = {"inside": False, "phonetic": False, "total": 0}

        def start(tag: str, a: dict[str, str]) -> None:
            if tag == "t":
                state["inside"] = not state["phonetic"]
            elif tag == "rPh":
                state["phonetic"] = True

        def end(tag: str) -> None:
            if tag == "t":
                state["inside"] = False
            elif tag == "rPh":
                state["phonetic"] = False
            elif tag == "si":
                whole = "".join(words)
                words.clear()
                state["total"] += len(whole) + 50
                if state["total"] > MOST_WORDS:
                    raise TooMuch
                self.strings.append(Cell(whole))

        def text(data: str) -> None:
            if state["inside"]:
                words.append(data)

        parse(pieces(self.archive, path), start, end, text)

    def _styles(self, path: str) -> None:
        written: dict[int, str] = {}
        state = {"inside": False}

        def start(tag: str, a: dict[str, str]) -> None:
            if tag == "numFmt":
                written[int(a["numFmtId"])] = a.get("formatCode", "")
            elif tag == "cellXfs":
                state["inside"] = True
            elif tag == "xf" and state["inside"]:
                number = int(a.get("numFmtId", "0"))
                self.kinds.append(shown_as(number, written.get(number)))

        def end(tag: str) -> None:
            if tag == "cellXfs":
                state["inside"] = False

        parse(pieces(self.archive, path), start, end, _nothing)

    def _sheet(self, path: str, grid: Grid) -> None:
        if self.archive.getinfo(path).file_size > MOST_AT_ONCE:
            grid.cells = joined(cell_table([], [], [], []), self._odd(pieces(self.archive, path), grid))
            return
        raw = self.archive.read(path)
        if self.cells + raw.count(b"<v>") > MOST_CELLS:
            raise TooMuch
        numbers = [n for n, shown in enumerate(self.kinds) if shown == "n"]
        rest, plain = lift(raw, numbers, [c.text for c in self.strings], _fifteen)
        self.cells += len(plain)
        if len(plain) and (_most(plain, "row") > MOST_ROWS or _most(plain, "column") > MOST_COLUMNS):
            raise ValueError(path)
        grid.cells = joined(plain, self._odd([rest], grid))

    def _odd(self, part: Iterable[bytes], grid: Grid) -> dict[tuple[int, int], Cell]:
        """Parse a sheet, or what is left of it, with everything a cell can have; return its cells by row and column."""
        words: list[str] = []
        row = column = 0
        kind = style = ref = ""
        inside = formula = phonetic = False
        found: dict[tuple[int, int], Cell] = {}
        merged: list[Range] = grid.merged

        def start(tag: str, a: dict[str, str]) -> None:
            nonlocal row, column, kind, style, ref, inside, formula, phonetic
            if tag == "c":
                ref, kind, style, formula = a.get("r", ""), a.get("t", "n"), a.get("s", ""), False
                column += 1
                words.clear()
            elif tag == "v" or (tag == "t" and not phonetic):
                inside = True
            elif tag == "f":
                formula = True
            elif tag == "row":
                row = int(a["r"]) if "r" in a else row + 1
                if not 0 < row <= MOST_ROWS:
                    raise ValueError(row)
                column = 0
                if a.get("hidden") in ("1", "true"):
                    grid.unseen.add(row)
            elif tag == "col":
                if a.get("hidden") in ("1", "true"):
                    grid.unseen_columns.append((int(a["min"]), int(a["max"])))
            elif tag == "rPh":
                phonetic = True
            elif tag == "mergeCell":
                one, _, other = a.get("ref", "").partition(":")
                top, bottom = place(one), place(other or one)
                if top is not None and bottom is not None:
                    merged.append((*top, *bottom))
                    if len(merged) > 100_000:
                        raise TooMuch

        def end(tag: str) -> None:
            nonlocal row, column, inside, phonetic
            if tag in ("v", "t"):
                inside = False
            elif tag == "rPh":
                phonetic = False
            elif tag == "c":
                if ref:
                    at = place(ref)
                    if at is None or at[0] > MOST_ROWS or at[1] > MOST_COLUMNS:
                        raise ValueError(ref)
                    row, column = at
                data = "".join(words)
                if data:
                    self.cells += 1
                    if self.cells > MOST_CELLS:
                        raise TooMuch
                    cell = self._cell(data, kind, style)
                    if cell.text:
                        found[row, column] = cell
                elif formula and kind != "str":
                    grid.uncomputed.append(ref)

        def text(data: str) -> None:
            if inside:
                words.append(data)

        parse(part, start, end, text)
        return found

    def _cell(self, data: str, kind: str, style: str) -> Cell:
        if kind == "n":
            shown = self.kinds[int(style)] if style and int(style) < len(self.kinds) else "n"
            return self._number(data, shown)
        if kind == "s":
            return self.strings[int(data)]
        if kind == "b":
            return Cell(data, "b")
        if kind == "e":
            return Cell(data, "e")
        if kind == "d":
            return Cell(data[:10], "d")
        return Cell(data)

    def _number(self, data: str, shown: str) -> Cell:
        plain = data.strip()
        if len(plain) > 15 or not plain.replace(".", "", 1).isdecimal():
            plain = _fifteen(plain)
        if shown == "p" and _finite(plain):
            return Cell(f"{(Decimal(plain) * 100).normalize():f}", "p")
        if shown == "d" and _finite(plain) and 0 <= (serial := float(plain)) <= _LAST_DAY:
            return Cell((self.day_0 + timedelta(int(serial))).isoformat(), "d")
        kind: CellKind = "n"
        return Cell(plain, kind)


def _most(table: "polars.DataFrame", column: str) -> int:
    return int(table.get_column(column).max() or 0)  # type: ignore[arg-type]  # polars types any maximum alike


def _fifteen(plain: str) -> str:
    """Return a stored number with the digits a spreadsheet keeps, written out where that is short."""
    if plain.lstrip("-").isdecimal() and len(plain) <= 16:
        return plain
    kept = f"{float(plain):.15g}"
    if kept.strip("-").replace(".", "", 1).isdecimal():
        return kept
    number = Decimal(kept)
    return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 40 else str(number)


def _finite(plain: str) -> bool:
    return Decimal(plain).is_finite()


def _nothing(*_: object) -> None:
    """Take no notice."""


def bare_formulas(grids: Iterable[Grid]) -> list[Problem]:
    """Return a problem for every formula whose result no program has stored: it is no blank."""
    what = Text("公式还没有算出结果", "the formula has not been computed yet")
    repair = Text(
        "在表格软件中打开并保存一次，或直接填数", "open and save the file in a spreadsheet, or type the number"
    )
    return [Problem("xlsx-formula-without-value", f"{g.name}!{at}", what, repair) for g in grids for at in g.uncomputed]
