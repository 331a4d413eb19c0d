"""A register judged from file to file: in pieces of bounded size, counts in equal to counts out, written whole or not at all."""

import tempfile
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import numpy as np
import polars as pl
import polars.selectors as cs
from polars.io.plugins import register_io_source

from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.judge.columnar.chunk import judge_chunk
from zhishu.judge.columnar.kit import kit_for
from zhishu.judge.register import Plan, plan_register
from zhishu.judge.ruleset import RuleSet
from zhishu.surfaces.csv_text import disarmed
from zhishu.surfaces.register.engines import judged_by
from zhishu.surfaces.register.intake import Intake, begin
from zhishu.surfaces.register.measuring import TAKEN
from zhishu.surfaces.register.outs import writable
from zhishu.surfaces.register.readable import placed, readable
from zhishu.surfaces.register.source import PIECE, Told, first_line, names_of, pieces, rows_of
from zhishu.system.books.layers import Fitted
from zhishu.terms import Text

Engine = Literal["polars", "duckdb", "spark"]
ENGINES: tuple[Engine, ...] = ("polars", "duckdb", "spark")
CODED = ("verdict", "best", "worst")
APART = ";"


@dataclass(slots=True)
class Tally:
    """What a register came to: rows, verdicts, and of the open ones the worst and the facts most often missing.

    ``remarks`` are the first of ``remarked`` warnings, ``subjects`` whose rows those are, ``remarks_by`` counts them by
    their code.
    """

    rows: int = 0
    verdicts: dict[str, int] = field(default_factory=dict)
    worst: dict[str, int] = field(default_factory=dict)
    missing: dict[str, int] = field(default_factory=dict)
    fired: dict[str, int] = field(default_factory=dict)
    inexact: int = 0
    remarked: int = 0
    remarks: list[Problem] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    remarks_by: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {
            "rows": self.rows,
            "verdicts": self.verdicts,
            "worst": self.worst,
            "missing": self.missing,
            "fired": self.fired,
            "inexact": self.inexact,
            "remarked": self.remarked,
            "remarks_by": self.remarks_by,
            "remarks": [{"subject": s, **p.to_json()} for s, p in zip(self.subjects, self.remarks, strict=True)],
        }


def tally_read(told: Mapping[str, Any]) -> Tally:
    """Return a tally from its contract form."""
    remarks = [
        Problem(p["code"], p["where"], Text(**p["what"]), Text(**p["repair"]), p["severity"]) for p in told["remarks"]
    ]
    subjects = [p["subject"] for p in told["remarks"]]
    return Tally(**{**told, "remarks": remarks, "subjects": subjects})


def judge_file(
    rules: RuleSet,
    words: RegionWords,
    source: Path,
    out: Path,
    engine: Engine = "polars",
    told: Told | None = None,
    size: int = PIECE,
    fitted: Mapping[str, Fitted] | None = None,
    measured: Path | None = None,
) -> Tally:
    """Judge a register and write its verdicts; return what it came to.

    ``out`` is Parquet, CSV or lines of JSON by its ending: the key, verdict, best and worst allowed, fired and open rules,
    missing facts (joined by ``;``), and whether best and worst are exact. Rows keep their order on polars. ``fitted`` are
    the layers blank distances are measured to; what was measured is written to ``measured``.
    A workbook (xlsx) and texts in GBK or GB18030 are read too.
    Raises ZhishuError with every problem of the register (then nothing is written), what ``writable`` does,
    ``engine-missing``, ``register-count`` and what an engine refuses.
    """
    writable((out, *((measured,) if measured is not None else ())), source)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.read.") as folder:
        read = readable(source, source.name, rules.book.key, Path(folder))
        try:
            return _judged(rules, words, read, source.name, out, engine, told, size, fitted, measured)
        except ZhishuError as error:
            if read.name == source.name:
                raise
            raise ZhishuError(placed(p, read.name, source.name) for p in error.problems) from error


def _judged(
    rules: RuleSet,
    words: RegionWords,
    source: Path,
    name: str,
    out: Path,
    engine: Engine,
    told: Told | None,
    size: int,
    fitted: Mapping[str, Fitted] | None,
    measured: Path | None,
) -> Tally:
    plan = plan_register(rules)
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}.") as folder:
        rows = rows_of(source, told)
        intake = begin(rules.book, words, name, first_line(source), fitted)
        typed = _typed(rules, intake, source, rows, told, size, Path(folder))
        if engine == "polars":
            kit = kit_for(plan, rows)
            verdicts: Iterator[pl.DataFrame] = (judge_chunk(plan, piece, kit) for piece in typed)
        else:
            kept = Path(folder) / "typed.parquet"
            # a column whole in its first piece and not in a later one is one column of fractions
            sink((piece.cast({cs.numeric(): pl.Float64}) for piece in typed), kept)
            verdicts = judged_by(engine, plan, kept, Path(folder), size)
        ready = Path(folder) / f"ready{out.suffix}"
        sink((_spoken(plan, piece, tally) for piece in verdicts), ready)
        if tally.rows != rows:
            what = Text(f"读入 {rows} 行，判出 {tally.rows} 行", f"{rows} rows came in, {tally.rows} went out")
            raise ZhishuError(
                [
                    Problem(
                        "register-count", source.name, what, Text("不写结果；请报告", "nothing is written; report this")
                    )
                ]
            )
        if measured is not None:
            kept_apart = Path(folder) / f"measured{measured.suffix}"
            sink(_measured(rules.book.key, Path(folder)), kept_apart)
            kept_apart.replace(measured)
        ready.replace(out)
    tally.remarked, tally.remarks_by = sum(intake.remarked.values()), intake.remarked
    tally.remarks, tally.subjects = intake.remarks, intake.subjects
    return tally


def _measured(key: str, folder: Path) -> Iterator[pl.DataFrame]:
    yield pl.DataFrame(schema={key: pl.String, **TAKEN})
    yield from (pl.read_parquet(part) for part in sorted(folder.glob("taken*.parquet")))


def _typed(
    rules: RuleSet, intake: Intake, source: Path, rows: int, told: Told | None, size: int, folder: Path
) -> Iterator[pl.DataFrame]:
    """Yield the pieces of a register as facts; at its end the keys that stand twice are named."""
    intake.columns(names_of(source))
    hashes: list[np.ndarray] = []
    intake.refuse()
    if not rows:
        # no row in, no row out: the columns of the answer stay
        yield intake.piece(pl.DataFrame(schema=dict.fromkeys(names_of(source), pl.String)), 0)
        return
    for at, raw in pieces(source, size):
        piece = intake.piece(raw, at)
        for frame in intake.take():
            frame.write_parquet(folder / f"taken{at:012}{frame.item(0, 'measured')}.parquet")
        if intake.full:
            break
        # once a row is refused nothing more is judged, but the rows after it are read for their problems
        if not intake.problems:
            hashes.append(piece[rules.book.key].hash(seed=1).to_numpy())
            yield piece
        if told is not None:
            told(at + len(piece), rows)
    intake.refuse()
    _refuse_twice(rules, source, _joined(hashes), size)


def _joined(parts: list[np.ndarray]) -> np.ndarray:
    """Return parts as one; each is let go once it is copied, for a nation's keys are held here."""
    found = np.empty(sum(map(len, parts)), dtype=np.uint64)
    end = len(found)
    while parts:
        part = parts.pop()
        found[end - len(part) : end] = part
        end -= len(part)
    return found


def _refuse_twice(rules: RuleSet, source: Path, hashes: np.ndarray, size: int) -> None:
    """Raise the keys that stand twice; equal hashes are looked at again, word by word."""
    hashes.sort()
    alike = np.unique(hashes[1:][hashes[1:] == hashes[:-1]])
    if not len(alike):
        return
    first: dict[str, int] = {}
    problems: list[Problem] = []
    line = first_line(source)
    key = rules.book.key
    wanted = pl.Series(alike)
    for at, raw in pieces(source, size):
        # as they were read: two spellings of one id in signs of another width are one id
        names = raw[key].cast(pl.String).str.normalize("NFKC").str.strip_chars()
        for row in names.hash(seed=1).is_in(wanted.implode()).arg_true():
            name = str(names[row])
            if name in first:
                what = Text(
                    f"{name} 出现两次：第 {first[name]} 行与第 {at + row + line} 行",
                    f"{name} stands twice: rows {first[name]} and {at + row + line}",
                )
                problems.append(
                    Problem(
                        "case-duplicate",
                        f"{source.name}:{at + row + line}.{key}",
                        what,
                        Text("删去一行，或改编号", "delete one row or correct its id"),
                    )
                )
            first.setdefault(name, at + row + line)
        if len(problems) >= 20:
            break
    if problems:
        raise ZhishuError(problems)


def _spoken(plan: Plan, coded: pl.DataFrame, tally: Tally) -> pl.DataFrame:
    """Return coded verdicts in the book's own words, counted."""
    book, order = plan.rules.book, plan.rules.order
    names = pl.Series("name", [*order, book.unknown], dtype=pl.String)
    places = {c: coded[c].cast(pl.Int64).fill_null(len(order)) for c in CODED}
    columns = [coded[book.key], *(names.gather(places[c]).alias(c) for c in CODED)]
    listed = {"fired": [r.id for r in book.rules], "open": [r.id for r in book.rules], "missing": list(plan.facts)}
    for column, words in listed.items():
        columns.append(_listed(coded[column], words).alias(column))
    tally.rows += len(coded)
    _count(tally.verdicts, columns[1])
    _count(tally.worst, columns[3].filter(coded["verdict"].is_null()))
    for store, column, words in (
        (tally.fired, "fired", listed["fired"]),
        (tally.missing, "missing", listed["missing"]),
    ):
        of = coded[column] if column == "fired" else coded[column].filter(coded["verdict"].is_null())
        for i, word in enumerate(words):
            store[word] = store.get(word, 0) + int((of & (1 << i) != 0).sum())
    tally.inexact += int((~coded["exact"]).sum())
    return pl.DataFrame([*columns, coded["exact"]])


def _listed(masks: pl.Series, words: list[str]) -> pl.Series:
    distinct = masks.unique()
    spelled = [APART.join(w for i, w in enumerate(words) if mask >> i & 1) for mask in distinct.to_list()]
    table = pl.DataFrame({"mask": distinct, "words": pl.Series(spelled, dtype=pl.String)})
    return masks.to_frame("mask").join(table, on="mask", how="left", maintain_order="left")["words"]


def _count(store: dict[str, int], column: pl.Series) -> None:
    for name, n in column.value_counts().sort(column.name).iter_rows():
        store[name] = store.get(name, 0) + n


def sink(made: Iterator[pl.DataFrame], path: Path) -> None:
    """Write pieces to a file, one after another, in bounded memory; nothing is left where a piece fails."""
    first = next(made, None)
    if first is None:
        first = pl.DataFrame()
    failed: list[BaseException] = []
    tamed = disarmed if path.suffix.lower() == ".csv" else pl.DataFrame.clone

    def source(columns: object, predicate: object, most: object, batch: object) -> Iterator[pl.DataFrame]:
        yield tamed(first)
        try:
            while (piece := worker.submit(next, made, None).result()) is not None:
                yield tamed(piece.cast(first.schema))
        except ZhishuError as error:
            # the engine wraps what a source raises in an error of its own
            failed.append(error)
            raise

    # the engine's threads are none of Python's, and there the library of projections crashes (its issue 1547)
    with ThreadPoolExecutor(max_workers=1) as worker:
        lazy = register_io_source(source, schema=first.schema)
        try:
            match path.suffix.lower():
                case ".csv":
                    lazy.sink_csv(path)
                case ".ndjson" | ".jsonl":
                    lazy.sink_ndjson(path)
                case _:
                    lazy.sink_parquet(path)
        except pl.exceptions.PolarsError as error:
            if failed:
                raise failed[0] from error
            raise
