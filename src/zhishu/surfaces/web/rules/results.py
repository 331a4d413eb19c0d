"""The verdicts of a register as a page shows and hands them out: counts with their drawings, rows in words, files."""

import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from zhishu.errors import Problem
from zhishu.judge.ruleset import RuleSet
from zhishu.pack.book import Book
from zhishu.surfaces.csv_text import frame_csv
from zhishu.surfaces.register.run import APART, CODED, Tally
from zhishu.surfaces.web.charts.shares import Bar, bars_chart, bars_size
from zhishu.surfaces.web.rules.kept import Kept
from zhishu.system.books.say import named
from zhishu.terms import Language, Text

SHOWN = 50
"""Rows that stand on the page."""
REMARKED = 5
"""Rows named of each sort of remark."""
DRAWN = 12
"""Bars of a drawing at most; the table beside it has all."""
ENDINGS = {
    "csv": "text/csv; charset=utf-8",
    "parquet": "application/vnd.apache.parquet",
    "ndjson": "application/x-ndjson",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """Something counted over the rows: its id, its name, how many, and what share of them all."""

    id: str
    name: Text
    rows: int
    share: str


@dataclass(frozen=True, slots=True)
class Count:
    """Counts with their drawings, wide, for phones, for paper; no drawing where there is nothing to draw."""

    rows: tuple[Counted, ...]
    drawn: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One row in words: whose, the verdict, best and worst, rules that hold and that are open, facts that
    open rules lack."""

    subject: str
    verdict: str
    best: str
    worst: str
    fired: tuple[Text, ...]
    open: tuple[Text, ...]
    lacked: tuple[Text, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Remarked:
    """Remarks of one sort: its code, how many rows it is made on, and whose are the first, each with its remark."""

    code: str
    rows: int
    first: tuple[tuple[str, Problem], ...]


def remarks_of(tally: Tally) -> tuple[Remarked, ...]:
    """Return the remarks made on rows, sort by sort; they refuse nothing."""
    named_ = list(zip(tally.subjects, tally.remarks, strict=True))
    return tuple(
        Remarked(code, n, tuple(pair for pair in named_ if pair[1].code == code)[:REMARKED])
        for code, n in tally.remarks_by.items()
    )


def verdicts_of(book: Book, tally: Tally, lang: Language, letters: float) -> Count:
    """Return how many rows have each verdict, best first, the undetermined last and drawn hollow."""
    found = [
        _counted(o, book.outcomes[o].name, tally.verdicts.get(o, 0), tally.rows) for o in (*book.order(), book.unknown)
    ]
    title = Text("各种结果的件数", "Cases by verdict")
    return Count(tuple(found), _drawn(found, title, lang, letters, hollow=book.unknown))


def worst_of(book: Book, tally: Tally) -> tuple[Counted, ...]:
    """Return the worst verdicts that undetermined rows may still get, the gravest first."""
    open_ = tally.verdicts.get(book.unknown, 0)
    return tuple(
        _counted(o, book.outcomes[o].name, tally.worst[o], open_) for o in reversed(book.order()) if tally.worst.get(o)
    )


def lacks_of(rules: RuleSet, kept: Kept, lang: Language, letters: float) -> Count:
    """Return in how many undetermined rows an open rule lacks each fact, the most often first."""
    book = rules.book
    rows: dict[str, int] = {}
    ways = pl.scan_parquet(kept.verdicts).filter(pl.col("verdict") == book.unknown).group_by("open", "missing").len()
    for open_, missing, n in ways.collect().iter_rows():
        for fact in _lacked(rules, open_, missing):
            rows[fact] = rows.get(fact, 0) + n
    all_ = kept.tally.verdicts.get(book.unknown, 0)
    found = _ordered(_counted(f, book.fields[f].name, rows[f], all_) for f in book.fields if f in rows)
    title = Text("未定的规则缺哪些事实", "Facts that open rules lack")
    return Count(found, _drawn(found, title, lang, letters))


def fired_of(book: Book, tally: Tally, lang: Language, letters: float) -> Count:
    """Return in how many rows each rule holds, the most often first; a rule that never holds is counted too."""
    found = _ordered(_counted(r.id, r.name, tally.fired.get(r.id, 0), tally.rows) for r in book.rules)
    title = Text("各条规则成立的件数", "Cases in which each rule holds")
    return Count(found, _drawn([c for c in found if c.rows], title, lang, letters))


def rows_shown(rules: RuleSet, kept: Kept, verdict: str | None = None) -> tuple[Row, ...]:
    """Return the first rows, or the first of one verdict, in the order of the register."""
    frame = pl.scan_parquet(kept.verdicts)
    if verdict is not None:
        frame = frame.filter(pl.col("verdict") == verdict)
    return tuple(_row(rules, cells) for cells in frame.head(SHOWN).collect().to_dicts())


def file_of(rules: RuleSet, kept: Kept, ending: str, lang: Language) -> bytes:
    """Return the verdicts as a file: Parquet and lines of JSON as ``zhishu judge`` writes them, CSV with the words of a
    language beside its ids and with a mark for Excel.

    Which lists and layers were the user's own stands in a last column of each row, in Parquet in the file's metadata.
    """
    if ending == "parquet" and not kept.supplied:
        return kept.verdicts.read_bytes()
    frame = pl.read_parquet(kept.verdicts)
    if ending == "parquet":
        buffer = io.BytesIO()
        told = json.dumps([s.to_json() for s in kept.supplied], ensure_ascii=False)
        frame.write_parquet(buffer, metadata={"zhishu.supplied": told})
        return buffer.getvalue()
    made = _worded(rules, frame, lang) if ending == "csv" else frame
    if kept.supplied:
        note = Text("；", "; ").say(lang).join(s.said().say(lang) for s in kept.supplied)
        made = made.with_columns(pl.lit(note).alias(SUPPLIED.say(lang) if ending == "csv" else "supplied"))
    return made.write_ndjson().encode() if ending == "ndjson" else frame_csv(made)


HEADS = {
    "verdict": Text("结果", "verdict in words"),
    "best": Text("最好", "at best"),
    "worst": Text("最坏", "at worst"),
    "fired": Text("成立的规则", "rules that hold"),
    "open": Text("未定的规则", "open rules"),
}
"""What the columns in words are headed; they stand after those of ``zhishu judge``, last the facts that are lacked."""
SUPPLIED = Text("自带名录和图层", "lists and layers of one's own")
LACKED = Text("未定的规则缺的事实", "facts that open rules lack")


def _worded(rules: RuleSet, frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    book = rules.book
    between = "；" if lang == "zh" else "; "
    outcomes = {o: x.name.say(lang) for o, x in book.outcomes.items()}
    more = []
    for column, head in HEADS.items():
        # as many distinct sets of rules as there are, not as many as there are rows
        ids = frame[column].unique().to_list()
        words = outcomes if column in CODED else {i: between.join(t.say(lang) for t in _names(book, i)) for i in ids}
        found = frame[column].replace_strict(words, default=frame[column], return_dtype=pl.String)
        more.append(found.alias(head.say(lang)))
    both = frame.select("open", "missing").unique().rows()
    lacked = [between.join(book.fields[f].name.say(lang) for f in _lacked(rules, *pair)) for pair in both]
    schema = {"open": pl.String, "missing": pl.String}
    table = pl.DataFrame(both, schema=schema, orient="row").with_columns(pl.Series(LACKED.say(lang), lacked, pl.String))
    return frame.with_columns(more).join(table, on=["open", "missing"], how="left", maintain_order="left")


def _row(rules: RuleSet, cells: Mapping[str, object]) -> Row:
    book = rules.book
    fired, open_, missing = (str(cells[c]) for c in ("fired", "open", "missing"))
    return Row(
        str(cells[book.key]),
        str(cells["verdict"]),
        str(cells["best"]),
        str(cells["worst"]),
        _names(book, fired),
        _names(book, open_),
        tuple(book.fields[f].name for f in _lacked(rules, open_, missing)),
        bool(cells["exact"]),
    )


def _lacked(rules: RuleSet, open_: str, missing: str) -> tuple[str, ...]:
    """Return the facts that are blank and that an open rule reads: others have no part in its being open."""
    named_ = set(open_.split(APART))
    read = {
        fact
        for rule, signs in zip(rules.book.rules, rules.skeleton.signs, strict=True)
        if rule.id in named_
        for place in signs
        for fact in rules.skeleton.atoms[place].facts
    }
    return tuple(f for f in missing.split(APART) if f in read)


def _names(book: Book, ids: str) -> tuple[Text, ...]:
    return tuple(named(book, name) for name in ids.split(APART) if name)


def _counted(id: str, name: Text, rows: int, of: int) -> Counted:
    return Counted(id, name, rows, f"{100 * rows / of:.1f}%" if of else "–")


def _ordered(found: Iterable[Counted]) -> tuple[Counted, ...]:
    return tuple(sorted(found, key=lambda c: -c.rows))


def _drawn(
    found: Iterable[Counted], title: Text, lang: Language, letters: float, hollow: str = ""
) -> Mapping[str, str]:
    bars = tuple(Bar(_capital(c.name.say(lang)), c.rows, c.id == hollow) for c in found)[:DRAWN]
    if not bars:
        return {}
    return {
        at: bars_chart(bars, title, lang, bars_size(place, len(bars), letters), 0)
        for at, place in (("wide", "paper"), ("narrow", "narrow"))
    }


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
