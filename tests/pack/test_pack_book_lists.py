"""Lists of a rule book: codes by their levels, days a list speaks of, English names, lists an example brings."""

from dataclasses import replace
from datetime import date
from itertools import product

import narwhals as nw
import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.system.spoken_book import TEXT

from zhishu.formula.evaluate import Value
from zhishu.judge.lookup import look_up
from zhishu.judge.ruleset import assemble
from zhishu.logic import Unknown
from zhishu.pack.book import Book
from zhishu.pack.compile_book import compile_book
from zhishu.pack.dated_list import DatedList, Entry, Match, holds, indexed
from zhishu.pack.lines import read_yaml
from zhishu.pack.load_list import read_list
from zhishu.terms import Text

CODES = st.text("12", min_size=1, max_size=4)
DAY = date(2020, 6, 1)
MATCH = (Match("code", "code", "code"), Match("county", "place", "equal"))
ENTRY = Entry("示例1", ("26", "示例县"), date(2019, 1, 1), date(2019, 12, 31), "", "示例.csv:2")


def listed(entries: tuple[Entry, ...], covers: str = "always", on: str | None = "day") -> DatedList:
    """Return a list of specimens."""
    made = DatedList("steel", Text("示例", "specimen"), MATCH, on, entries, covers=covers)  # type: ignore[arg-type]
    return replace(made, indexed=indexed(made))


def test_a_coarse_code_may_be_on_the_list() -> None:
    """2 may be 26; 26 and 2611 are on it; 27 is not; another county is not, however coarse the code."""
    steel = listed((ENTRY,))
    asked = {"county": "示例县", "day": date(2019, 6, 1)}
    assert [holds(steel, {"code": c, **asked}, DAY) for c in ("26", "2611", "27", "2")] == [
        True,
        True,
        False,
        Unknown("coarse"),
    ]
    assert holds(steel, {"code": "2", **asked, "county": "别县"}, DAY) is False
    assert holds(steel, {"code": "2", **asked, "day": date(2020, 1, 1)}, DAY) is False


def test_a_day_without_a_version_is_unknown() -> None:
    """Both ends are covered, the days beside them are not; a list that always speaks says no on them."""
    steel = listed((ENTRY,), "entries")
    days = [date(2018, 12, 31), date(2019, 1, 1), date(2019, 12, 31), date(2020, 1, 1)]
    said = [holds(steel, {"code": "31", "county": "示例县", "day": d}, DAY) for d in days]
    assert [getattr(s, "reason", s) for s in said] == ["no_version", False, False, "no_version"]
    assert holds(listed((ENTRY,)), {"code": "31", "county": "示例县", "day": days[0]}, DAY) is False
    unknown = holds(steel, {"code": "31", "county": "示例县", "day": Unknown("missing")}, DAY)
    assert unknown == Unknown("missing")


@settings(max_examples=60)
@given(
    st.lists(st.tuples(CODES, st.sampled_from(["甲", "乙", None]), st.integers(1, 28), st.integers(0, 9)), max_size=5),
    st.sampled_from(["always", "entries"]),
    st.booleans(),
)
def test_a_column_says_what_a_case_says(made: list[tuple[str, str | None, int, int]], covers: str, dated: bool) -> None:
    """Codes of every length, missing ones and days around the edges: the joined table answers as the list does."""
    entries = tuple(
        Entry(f"示例{i}", (c, p), date(2020, 6, d), date(2020, 6, min(30, d + n)) if n else None, "", f"示例.csv:{i}")
        for i, (c, p, d, n) in enumerate(made)
    )
    steel = listed(entries, covers, "day" if dated else None)
    codes = ["1", "2", "11", "12", "21", "121", "1212", None]
    rows = list(product(codes, ["甲", "丙", None], [date(2020, 5, 31), date(2020, 6, 9), date(2020, 7, 9), None]))
    table = pl.DataFrame({"code": [r[0] for r in rows], "county": [r[1] for r in rows], "day": [r[2] for r in rows]})
    lookup = look_up(steel, {"code": [c for c in codes if c], "county": ["甲", "丙"]}, DAY)
    keys = {k: lookup.key(k) for k in lookup.keys}
    joined = table.with_columns(*(pl.col(k).fill_null("\x00").alias(name) for k, name in keys.items())).join(
        lookup.table, on=list(keys.values()), how="left", maintain_order="left"
    )
    found = nw.from_native(joined).with_columns(held=lookup.truth()).to_native()["held"].to_list()
    for row, have in zip(rows, found, strict=True):
        values: dict[str, Value] = {
            k: Unknown("missing") if v is None else v for k, v in zip(("code", "county", "day"), row, strict=True)
        }
        want = holds(steel, values, DAY)
        assert have == (None if isinstance(want, Unknown) else want), (row, entries)


def test_an_entry_has_an_english_name_where_it_gives_one() -> None:
    """Columns entry_en and basis_en are for readers of English; without them the name stands in both."""
    text = "entry,entry_en,code,place,valid_from,basis,basis_en\n示例1,specimen 1,26,,2019-01-01,示例文,specimen\n示例2,,27,,2019-01-01,,\n"
    entries, problems = read_list(text, "示例.csv", MATCH)
    assert problems == []
    assert [(e.called().zh, e.called().en, e.basis_en) for e in entries] == [
        ("示例1", "specimen 1", "specimen"),
        ("示例2", "示例2", ""),
    ]


def compiled(lists: str) -> tuple[Book | None, list[str]]:
    """Return the book of specimens with an example that brings lists."""
    text = TEXT.replace("{id: e1, given", f"{{id: e1, lists: {lists}, given")
    book, problems = compile_book(read_yaml(text, "rules/grant/book.yaml"), text, lambda name: None)
    return book, [p.code for p in problems]


def test_an_example_brings_its_lists() -> None:
    """Rows under a head, as in a file; an unknown list, a lost column and a bad day are problems at its line."""
    book, codes = compiled('{steel: [[entry, code, county, valid_from], [示例1, "11", 示例县, 2019-01-01]]}')
    assert codes == []
    assert book is not None
    (entry,) = book.examples[0].lists["steel"].entries or ()
    assert (entry.keys, entry.valid_from) == (("11", "示例县"), date(2019, 1, 1))
    assert compiled("{iron: [[entry]]}") == (None, ["book-unknown-name"])
    assert compiled("{steel: [[entry, code, valid_from]]}")[1] == ["list-column-missing"]
    assert compiled('{steel: [[entry, code, county, valid_from], [示例1, "11", 示例县, 不详]]}')[1] == ["list-bad-day"]


ALIKE = "code: {column: code, by: prefix}, county: {column: county}"


def sharing(of: str, match: str = ALIKE, more: str = "", entries: str = "") -> tuple[Book | None, list[str]]:
    """Return the book of specimens with a list before ``steel`` that has the entries of another, and an example's entries."""
    also = f"  also: {{name: {{zh: 示例, en: specimen}}, of: {of}, match: {{{match}}}{more}}}\n"
    text = TEXT.replace("\nlists:\n", f"\nlists:\n{also}").replace("{id: e1, given", f"{{id: e1, {entries}given")
    book, problems = compile_book(read_yaml(text, "rules/grant/book.yaml"), text, lambda name: None)
    return book, [p.code for p in problems]


def test_a_list_of_anothers_entries_is_loaded_once() -> None:
    """What is loaded for the one is looked up by the facts of the other; without entries both say so."""
    book, codes = sharing(
        "steel", entries='lists: {steel: [[entry, code, county, valid_from], [示例1, "11", 示例县, 2019-01-01]]}, '
    )
    assert book is not None
    assert codes == []
    brought = next(e.lists for e in book.examples if e.lists)
    held = assemble(book, DAY, lists=brought).lists
    assert held["also"].entries == held["steel"].entries
    assert [holds(held["also"], {"code": c, "county": "示例县"}, DAY) for c in ("1101", "12")] == [True, False]
    bare = assemble(book, DAY).lists
    assert [holds(bare[n], {"code": "11", "county": "示例县"}, DAY) for n in ("also", "steel")] == [
        Unknown("no_list", *(bare[n].name.say(w) for w in ("zh", "en"))) for n in ("also", "steel")
    ]


def test_a_list_cannot_have_the_entries_of_just_any() -> None:
    """None such, itself, other columns, a proposal of its own: each is a problem of the declaration."""
    assert sharing("iron")[1] == ["book-unknown-name"]
    assert sharing("also")[1] == ["book-list-of"]
    assert sharing("steel", "code: {column: code, by: prefix}")[1] == ["book-list-of"]
    assert sharing("steel", "code: {column: code}, county: {column: county}")[1] == ["book-list-of"]
    assert sharing("steel", more=", proposal: {zh: 提议, en: proposed}")[1] == ["book-list-of"]
