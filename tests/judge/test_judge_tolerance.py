"""Measured lengths in a register: what an error leaves open is one length's, however many limits and rules ask for it."""

from collections.abc import Mapping
from fractions import Fraction
from importlib.util import find_spec
from random import Random

import narwhals as nw
import polars as pl
import pytest
from judge_books import rule, written_book

from zhishu.formula.evaluate import Value
from zhishu.judge.columnar.chunk import judge_chunk
from zhishu.judge.columnar.kit import compiled
from zhishu.judge.possible import weigh
from zhishu.judge.register import judge_register, plan_register
from zhishu.judge.ruleset import RuleSet

FIELDS = """
  far: {name: {zh: 距离, en: distance}, min: 0}
  off: {name: {zh: 误差, en: error}, min: 0}
  near: {name: {zh: 另一距离, en: other distance}, min: 0}
  by: {name: {zh: 另一误差, en: other error}, min: 0}
  new: {name: {zh: 新建, en: new}, type: truth}
"""
GIVES = ("noted", "limited", "barred")
NUMBERS = {
    "far": (None, 0.5, 1.0, 2.0, 3.0, 4.5),
    "off": (None, 0.0, 0.5, 1.0, 2.5),
    "near": (None, 1.0, 3.0),
    "by": (None, 0.5, 2.0),
}


def book_of(rules: list[str], combine: str, fields: str = FIELDS) -> RuleSet:
    """Return rules as a rule set of the specimen book."""
    return written_book(fields, ("free", *GIVES), "\n".join(rules), combine)


def condition(random: Random, depth: int = 0) -> str:
    """Return a random condition over two lengths and a truth."""
    if depth == 2 or random.random() < 0.35:
        length = random.choice(["far, off", "far, off", "near, by", ""])
        return f"within({length}, {random.choice([1, 2, 3, 5])})" if length else "new"
    inner = condition(random, depth + 1)
    if random.random() < 0.2:
        return f"not ({inner})"
    return f"({inner} {random.choice(['and', 'or'])} {condition(random, depth + 1)})"


def random_book(random: Random, combine: str) -> RuleSet:
    """Return a few random rules, some with an exception, some that set aside one before."""
    rules = []
    for n in range(random.randint(2, 4)):
        rest = f", unless: '{condition(random, 1)}'" if random.random() < 0.4 else ""
        rest += f", overrides: [r{random.randrange(n)}]" if n and random.random() < 0.3 else ""
        rules.append(rule(f"r{n}", random.choice(GIVES), condition(random), rest))
    return book_of(rules, combine)


def rows_of(random: Random, count: int) -> list[dict[str, float | bool | None]]:
    """Return rows of the specimen book."""
    return [
        {**{n: random.choice(v) for n, v in NUMBERS.items()}, "new": random.choice([True, False, None])}
        for _ in range(count)
    ]


def frame_of(rows: list[dict[str, float | bool | None]]) -> pl.DataFrame:
    """Return rows as a register."""
    kinds = {**dict.fromkeys(NUMBERS, pl.Float64), "new": pl.Boolean}
    return pl.DataFrame(rows, schema=kinds).with_columns(id=pl.int_range(len(rows)).cast(pl.String))


def case(row: Mapping[str, float | bool | None]) -> dict[str, Value]:
    """Return a row as the facts of one case."""
    return {n: Fraction(v) if isinstance(v, float) else v for n, v in row.items() if v is not None}


@pytest.mark.parametrize("combine", ["worst", "first"])
def test_a_register_says_of_lengths_what_each_case_says(combine: str) -> None:
    """Best and worst are those of the single case where both are exact, and never inside them; so on every engine."""
    random, exact, count = Random(3), 0, 0
    for _ in range(25):
        rules, rows = random_book(random, combine), rows_of(random, 25)
        plan, frame = plan_register(rules), frame_of(rows)
        found = judge_chunk(plan, frame)
        if find_spec("numba"):
            assert judge_chunk(plan, frame, compiled(plan)).equals(found)
        lazily = judge_register(plan, nw.from_native(frame.lazy()), lambda t: nw.from_native(t.lazy()), {})
        assert nw.to_native(lazily).collect().select(found.columns).equals(found)
        for row, said in zip(rows, found.to_dicts(), strict=True):
            one = weigh(rules, case(row))
            shown = ([r.when for r in rules.book.rules], row, said, one.left)
            if one.exact:
                assert said["best"] <= min(one.left), shown
                assert said["worst"] >= max(one.left), shown
                if said["exact"]:
                    assert (said["best"], said["worst"]) == (min(one.left), max(one.left)), shown
            exact += said["exact"]
            count += 1
    assert exact > 0.95 * count


RING = [
    rule("inner", "barred", "within(far, off, 1)"),
    rule("outer", "limited", "within(far, off, 3)", ", unless: 'within(far, off, 1)'"),
]


def test_a_ring_around_a_buffer_leaves_nobody_free() -> None:
    """1 ± 0.5 lies within 1 or between 1 and 3: barred or limited, never free; without a distance it may be any."""
    plan = plan_register(book_of(RING, "worst"))
    (lengths,) = plan.hazards.completed
    assert lengths.answers == ((True, True), (False, True), (False, False))
    frame = frame_of([{"far": 1.0, "off": 0.5}, {"far": None, "off": 0.5}, {"far": 2.8, "off": 0.5}])
    found = judge_chunk(plan, frame)
    assert found.select("best", "worst", "exact").rows() == [(2, 3, True), (0, 3, True), (0, 2, True)]


def test_what_cannot_be_completed_says_so() -> None:
    """A length another question reads too, a limit that is no constant, and a field that ends above or begins above zero leave a bound."""
    mixed = plan_register(book_of([*RING, rule("other", "noted", "far < 2")], "worst"))
    assert (mixed.hazards.completed, len(mixed.hazards.doubtful)) == ((), 3)
    asked = plan_register(book_of([*RING, rule("other", "noted", "within(far, off, near)")], "worst"))
    assert (asked.hazards.completed, len(asked.hazards.doubtful)) == ((), 3)
    bounded = plan_register(book_of(RING, "worst", FIELDS.replace("en: error}, min: 0", "en: error}, min: 0, max: 2")))
    assert bounded.hazards.loose == ("off",)
    begun = plan_register(book_of(RING, "worst", FIELDS.replace("en: distance}, min: 0", "en: distance}, min: 2")))
    assert begun.hazards.loose == ("far",)
    for plan, row in ((mixed, (1.0, 0.5)), (asked, (1.0, 0.5)), (bounded, (9.0, None)), (begun, (None, 0.5))):
        found = judge_chunk(plan, frame_of([dict(zip(("far", "off"), row, strict=True)), {"far": 9.0, "off": 0.5}]))
        assert found["exact"].to_list()[0] is False
