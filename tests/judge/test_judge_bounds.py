"""A figure of a sum is missing: a register is as sure as the single case, and never surer."""

from datetime import date
from fractions import Fraction
from random import Random

import duckdb
import narwhals as nw
import polars as pl
import pytest
from tests.shipped import SHIPPED

from zhishu.formula.evaluate import Value
from zhishu.judge.columnar.chunk import judge_chunk
from zhishu.judge.possible import weigh
from zhishu.judge.register import judge_register, plan_register
from zhishu.judge.ruleset import RuleSet, assemble
from zhishu.logic import Unknown
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.system.books.read import read_settings

ON = date(2023, 6, 30)
PARTS = """
book: parts
name: {zh: 示例, en: specimen}
about: {zh: 示例, en: specimen}
subject: {zh: 示例, en: specimens}
key: id
fields:
  id: {name: {zh: 编号, en: id}, type: text, required: true}
  a: {name: {zh: 甲, en: a}, min: 0, max: 10}
  b: {name: {zh: 乙, en: b}, min: 0}
  c: {name: {zh: 丙, en: c}}
  d: {name: {zh: 丁, en: d}, min: -3, max: 3}
outcomes: {far: {name: {zh: 远, en: far}}, near: {name: {zh: 近, en: near}}, dim: {name: {zh: 无法判定, en: undetermined}, tone: unknown}}
rules:
  - {id: one, give: near, name: {zh: 近, en: near}, when: 'WHEN', say: {zh: 近, en: near}}
otherwise: far
unknown: dim
"""
LINEAR = ("a + b < 12", "a - b >= 4", "2 * a - c > 0", "a + b + d == 30", "a - d != 20", "b - a * 3 <= -40", "a + d + 1 < c",
          "(a + b) / 4 > 3")  # fmt: skip
OTHER = ("a * b + d > 30", "(a + b) / b < 1", "(a + d) / a >= 2", "min(a, d) + b < 2", "max(a, b) - d > 20", "abs(a - d) + b < 5",
         "(a + 1) * d > 40", "a - a * d > 50", "(b + a) / c < 1")  # fmt: skip


def compiled(text: str) -> RuleSet:
    """Return a rule set of one comparison."""
    whole = PARTS.replace("WHEN", text)
    book, problems = compile_book(read_yaml(whole, "parts.yaml"), whole, lambda name: None)
    assert book is not None, problems
    return assemble(book, ON)


def rows_of(rules: RuleSet, seed: int, many: int) -> list[dict[str, float | None]]:
    """Return random figures inside what they may be, half of them missing, ends among them."""
    random = Random(seed)
    ranges = {"a": (0, 10), "b": (0, 50), "c": (-20, 20), "d": (-3, 3)}
    return [
        {
            f: None if random.random() < 0.5 else float(random.choice((low, high, random.randint(low, high))))
            for f, (low, high) in ranges.items()
        }
        for _ in range(many)
    ]


def ends(rules: RuleSet, frame: pl.DataFrame) -> list[tuple[int, int]]:
    """Return the best and the worst of each row, the same in memory and on DuckDB."""
    plan = plan_register(rules)
    here = judge_chunk(plan, frame)
    with duckdb.connect() as base:
        there = judge_register(
            plan, nw.from_native(base.from_arrow(frame.to_arrow())), lambda t: nw.from_native(base.from_arrow(t.to_arrow())), {}
        )  # fmt: skip
        duck = nw.to_native(there).pl()
    assert duck.sort(rules.book.key).cast(here.schema).equals(here.sort(rules.book.key).select(duck.columns))
    return list(here.select("best", "worst").iter_rows())


def alone(rules: RuleSet, row: dict[str, float | None]) -> tuple[int, int, bool]:
    """Return the best and the worst of one case, and whether they are exact."""
    known: dict[str, Value] = {f: Unknown("missing") for f in rules.domains}
    known.update({f: exactly(v) for f, v in row.items() if v is not None})
    weighed = weigh(rules, known)
    return min(weighed.left), max(weighed.left), weighed.exact


def exactly(value: object) -> Value:
    """Return a cell as the single case holds it."""
    return Fraction(value) if isinstance(value, float) else value  # type: ignore[return-value]  # dates and truths stay


@pytest.mark.parametrize("text", [*LINEAR, *OTHER])
def test_a_row_is_as_sure_as_its_case_and_never_surer(text: str) -> None:
    """Sums, differences and multiples decide alike; of the rest a row may know less, but never what its case does not."""
    rules = compiled(text)
    rows = rows_of(rules, 5, 60)
    columns = {f: pl.Series([row[f] for row in rows], dtype=pl.Float64) for f in rows[0]}
    frame = pl.DataFrame({"id": [f"示例{i:03}" for i in range(len(rows))], **columns})
    sure = 0
    for row, (best, worst) in zip(rows, ends(rules, frame), strict=True):
        least, most, exact = alone(rules, row)
        assert best <= least or not exact, (text, row)
        assert worst >= most or not exact, (text, row)
        if text in LINEAR:
            assert (best, worst) == (least, most), (text, row)
        sure += best == worst and None in (row[f] for f in row if f in text)
    assert sure or text not in LINEAR


@pytest.mark.parametrize("method", ["五年合计", "逐年平均", None])
def test_four_of_five_years(method: str | None) -> None:
    """Areas of some years are missing: each county of the register has the best and the worst of its single case."""
    path = SHIPPED / "rules" / "land_supply" / "book.yaml"
    text = path.read_text(encoding="utf-8")
    book, _ = compile_book(read_yaml(text, "book.yaml"), text, beside(path.parent))
    assert book is not None
    rules = assemble(book, ON, read_settings(book, {"method": method} if method else {})[0])
    random, rows = Random(3), []
    names = [f"{kind}_{year}" for kind in ("approved", "supplied") for year in range(1, 6)]
    for _ in range(80):
        approved = [random.choice([0, 50, 100, 100, 300]) for _ in range(5)]
        supplied = [random.choice([0, a * 3 // 5, a // 2, a * 7 // 10, a]) for a in approved]
        row = dict(zip(names, map(float, (*approved, *supplied)), strict=True))
        row.update(dict.fromkeys(random.sample(names, random.choice([0, 1, 1, 1, 2, 3]))))
        rows.append(row)
    frame = pl.DataFrame(
        {
            "county": [f"示例{i:03}县" for i in range(len(rows))],
            "asked_on": [ON] * len(rows),
            "last_year": [2022.0] * len(rows),
            "same_boundary": [True] * len(rows),
            **{n: pl.Series([row[n] for row in rows], dtype=pl.Float64) for n in names},
        }
    )
    sure = 0
    given = frame.drop("county").to_dicts()
    for row, (best, worst) in zip(given, ends(rules, frame), strict=True):
        least, most, _ = alone(rules, row)
        assert (best, worst) == (least, most), row
        sure += best == worst and None in row.values()
    assert sure > (5 if method == "五年合计" else 0)
