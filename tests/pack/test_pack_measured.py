"""What a book lets be measured is checked when it is loaded: the fields it names, their kinds and units, and what it needs."""

import pytest

from zhishu.pack.compile_book import compile_book
from zhishu.pack.lines import read_yaml

TEXT = """
book: spots
name: {zh: 示例, en: specimen}
about: {zh: 示例, en: specimen}
subject: {zh: 示例, en: specimens}
key: id
fields:
  id: {name: {zh: 编号, en: id}, type: text, required: true}
  x: {name: {zh: 经度, en: longitude}}
  y: {name: {zh: 纬度, en: latitude}}
  crs: {name: {zh: 坐标系, en: system}, type: text}
  error: {name: {zh: 位置误差, en: position error}, unit: 米}
  away: {name: {zh: 距离, en: distance}, unit: 公里}
  off: {name: {zh: 误差, en: error}, unit: 公里}
  sort: {name: {zh: 类别, en: kind}, type: choice, choices: {main: {zh: 干流, en: main}, other: {zh: 其他, en: other}}}
measured:
  bank:
    name: {zh: 距离, en: the distance}
    at: {x: x, y: y, crs: crs, error: error}
    to: lines
    gives: {distance: away, tolerance: off, kind: sort}
    unlisted: other
    apart: 3 公里
    frame: {name: {zh: 示例省, en: specimen province}, box: [97, 26, 109, 35]}
outcomes: {far: {name: {zh: 远, en: far}}, near: {name: {zh: 近, en: near}}, dim: {name: {zh: 无法判定, en: undetermined}, tone: unknown}}
rules:
  - {id: close, give: near, name: {zh: 近, en: near}, when: 'within(away, off, quantity(1, "公里"))', say: {zh: 近, en: near}}
otherwise: far
unknown: dim
"""


def codes(text: str) -> list[str]:
    """Return what is wrong with a book, each said in both languages at its line."""
    _, problems = compile_book(read_yaml(text, "spots.yaml"), text, lambda name: None)
    assert all(p.where.startswith("spots.yaml") and p.what.zh and p.what.en and p.repair.en for p in problems)
    return [p.code for p in problems]


def test_a_measurement_as_it_should_be() -> None:
    """Lengths come in metres, whatever they are written in."""
    book, _ = compile_book(read_yaml(TEXT, "spots.yaml"), TEXT, lambda name: None)
    assert book is not None
    bank = book.measured["bank"]
    assert (bank.horizon, bank.unlisted, bank.gives()) == (3000.0, "other", ("away", "off", "sort"))


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("x: x, y: y", "x: xx, y: y", ["book-unknown-name"]),
        ("x: x, y: y", "x: away, y: y", ["book-measured"]),
        ("crs: crs, error: error", "crs: error, error: error", ["book-measured"]),
        ("tolerance: off", "tolerance: error", ["book-measured"]),
        ("kind: sort", "kind: crs", ["book-measured", "book-measured", "book-measured"]),
        ("    unlisted: other\n", "", ["book-measured"]),
        ("unlisted: other", "unlisted: third", ["book-measured"]),
        ("    apart: 3 公里\n", "", ["book-measured"]),
        ("apart: 3 公里", "apart: 3 公顷", ["book-measured"]),
        ("apart: 3 公里", "apart: 近", ["quantity-unreadable"]),
        ("[97, 26, 109, 35]", "[109, 26, 97, 35]", ["book-measured"]),
        ("[97, 26, 109, 35]", "[97, 26]", ["pack-bad-value"]),
        ("unit: 公里}\n  off", "unit: 公里, if_missing: {value: 9, why: {zh: 示例, en: specimen}}}\n  off", ["book-measured"]),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused(before: str, after: str, wanted: list[str]) -> None:
    """Each slip by itself."""
    assert before in TEXT
    assert codes(TEXT.replace(before, after, 1)) == wanted


EACH = (
    TEXT.replace(
        "    apart: 3 公里\n", "    several: both\n    each: {main: {distance: main_away, tolerance: main_off}}\n"
    )
    .replace("other: {zh: 其他, en: other}", "other: {zh: 其他, en: other}, both: {zh: 都近, en: both}")
    .replace(
        "  sort:",
        "  main_away: {name: {zh: 距干流, en: to the main}, unit: 公里}\n"
        "  main_off: {name: {zh: 干流误差, en: its error}, unit: 公里}\n  sort:",
    )
)


def test_lengths_kind_by_kind() -> None:
    """Each kind has facts of its own; limits may be of any length, for every kind is kept in view."""
    book, _ = compile_book(read_yaml(EACH, "spots.yaml"), EACH, lambda name: None)
    assert book is not None
    assert book.measured["bank"].gives() == ("away", "off", "sort", "main_away", "main_off")
    assert codes(EACH.replace('quantity(1, "公里")', 'quantity(400, "公里")')) == []


@pytest.mark.parametrize(
    ("before", "after", "wanted"),
    [
        ("{main: {distance", "{sea: {distance", ["book-unknown-name"]),
        ("distance: main_away", "distance: sort", ["book-measured"]),
        ("distance: main_away", "distance: away", ["book-measured"]),
        ("distance: main_away", "distance: nowhere", ["book-unknown-name"]),
        ("    several: both\n", "", ["book-measured"]),
        ("several: both", "several: other", ["book-measured"]),
        ("    several: both\n", "    several: both\n    apart: 3 公里\n", ["book-measured"]),
        (", kind: sort", "", ["book-measured", "book-measured"]),
    ],
)
def test_lengths_kind_by_kind_that_do_not_fit(before: str, after: str, wanted: list[str]) -> None:
    """Each slip by itself."""
    assert before in EACH
    assert codes(EACH.replace(before, after, 1)) == wanted


def test_other_kinds_are_looked_for_as_far_as_the_limits_reach() -> None:
    """A limit longer than ``apart``, written or of a parameter: a line of another kind would be passed over."""
    assert codes(TEXT.replace('quantity(1, "公里")', 'quantity(4, "公里")')) == ["book-measured-apart"]
    parameter = (
        "parameters: {far: {name: {zh: 限, en: limit}, unit: 米, value: {2019-01-01: 900, 2021-01-01: 5000}}}\nrules:"
    )
    longer = TEXT.replace('quantity(1, "公里")', "far").replace("rules:", parameter)
    assert codes(longer) == ["book-measured-apart"]
    assert codes(longer.replace("5000", "3000")) == []
