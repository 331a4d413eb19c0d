"""Rules read aloud: every part of a formula has words in both languages, and the words say what the formula asks."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.system.spoken_book import spoken_book

from zhishu.formula.decision.compile import NO_RULE
from zhishu.formula.functions import FUNCTIONS
from zhishu.formula.parse import parse
from zhishu.formula.tree import Of, Rows
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.lines import read_yaml
from zhishu.study import PACKS
from zhishu.system.books.aloud import aloud, read_fact, read_rule

BOOK = spoken_book()
ON = date(2020, 6, 1)
SAID = {
    'kind == "park"': ("类型为“园区”", "kind is “park”"),
    'kind != "park"': ("类型不为“园区”", "kind is not “park”"),
    'not kind == "park"': ("类型不为“园区”", "kind is not “park”"),
    "invest < floor": ("投资额低于投资下限（100 万元）", "investment is below least investment (100 × 10,000 yuan)"),
    "not invest < floor": ("投资额不低于投资下限（100 万元）", "investment is at least least investment (100 × 10,000 yuan)"),
    "invest <= quantity(2, '亿元')": ("投资额不超过 2 亿元", "investment is at most 2 × 100 million yuan"),
    "share > 0.6": ("占比超过 60%", "share is above 60%"),
    "share >= quantity(60, '%')": ("占比不低于 60%", "share is at least 60%"),
    "jobs >= 30": ("就业人数不低于 30 人", "jobs is at least 30 people"),
    "founded < 2019": ("成立年份低于 2019", "year founded is below 2019"),
    "year_of(applied_on) >= 2020": ("申请日期的年份不低于 2020", "the year of date of application is at least 2020"),
    'applied_on < day("2021-03-01")': ("申请日期早于 2021年3月1日", "date of application is before 1 March 2021"),
    'applied_on >= day("2021-03-01")': ("申请日期不早于 2021年3月1日", "date of application is not before 1 March 2021"),
    "today == applied_on": ("判定之日为申请日期", "the day asked is date of application"),
    "days_between(applied_on, today) > 30": (
        "申请日期至判定之日的天数超过 30 天",
        "the days from date of application to the day asked is above 30 days",
    ),
    "add_days(applied_on, 15) < today": ("申请日期之后 15 天早于判定之日", "date of application plus 15 days is before the day asked"),
    "in_park": ("在园区内", "yes to “inside a park”"),
    "not in_park": ("并非“在园区内”", "no to “inside a park”"),
    "in_park == False": ("并非“在园区内”", "no to “inside a park”"),
    "strict": ("从严（是）", "yes to “strict (yes)”"),
    "True": ("总成立", "always"),
    "in_park and moved": ("在园区内，且属于搬迁", "yes to “inside a park”, and yes to “a move”"),
    "moved and (in_park or strict)": (
        "属于搬迁，且（在园区内，或从严（是））",
        "yes to “a move”, and (yes to “inside a park”, or yes to “strict (yes)”)",
    ),
    "not (moved or in_park)": ("并非（属于搬迁，或在园区内）", "not (yes to “a move”, or yes to “inside a park”)"),
    'one_of(kind, "park", "project")': ("类型为“园区”或“项目”", "kind is “park” or “project”"),
    'not one_of(kind, "park")': ("类型不为“园区”", "kind is not “park”"),
    'starts_with(code, "26")': ("行业代码以“26”开头", "industry code begins with “26”"),
    'not starts_with(code, "26")': ("行业代码不以“26”开头", "industry code does not begin with “26”"),
    "within(distance, error, limit)": (
        "距离计入误差后仍在距离上限（未设定）以内",
        "distance, counting error, lies within longest distance (not set)",
    ),
    "within(distance, error, quantity(500, '米'))": (
        "距离计入误差后仍在 500 米以内",
        "distance, counting error, lies within 500 m",
    ),
    'listed("steel")': (
        "行业代码（按前缀）和县（市、区）列入“钢铁名录”（未装入）",
        "industry code (by its beginning) and county is on the list “steel list” (not loaded)",
    ),
    "is_credit_code(credit)": (
        "信用代码是校验位相符的统一社会信用代码",
        "credit code is a unified credit code with the right check sign",
    ),
    "each > quantity(5, '万元/人')": ("人均投资超过 5 万元/人", "investment a job is above 5 × 10,000 yuan per person"),
    "half > quantity(50, '万元')": ("（投资额 ÷ 2）超过 50 万元", "(investment ÷ 2) is above 50 × 10,000 yuan"),
    "(invest + half) * 2 > floor": ("（投资额 + （投资额 ÷ 2）） × 2超过投资下限（100 万元）", "(investment + (investment ÷ 2)) × 2 is above least investment (100 × 10,000 yuan)"),
    "-invest < 0": ("−投资额低于 0 万元", "−investment is below 0 × 10,000 yuan"),
    "min(invest, floor) > quantity(10, '万元')": (
        "投资额、投资下限（100 万元）中的最小者超过 10 万元",
        "the least of investment, least investment (100 × 10,000 yuan) is above 10 × 10,000 yuan",
    ),
    "abs(share) > 0.1": ("占比的绝对值超过 10%", "the absolute value of share is above 10%"),
    "floor(invest) > quantity(10, '万元')": ("投资额（向下取整）超过 10 万元", "investment rounded down is above 10 × 10,000 yuan"),
    "share ** 2 > 4": ("占比的 2 次方超过 4", "share to the power 2 is above 4"),
    "big": (
        "类型为“园区”时须投资额超过 1,000 万元，否则须投资额超过 500 万元",
        "investment is above 1,000 × 10,000 yuan where kind is “park”, else investment is above 500 × 10,000 yuan",
    ),
    'code != ""': ("行业代码已写明", "industry code is given"),
    'not code != ""': ("行业代码没有写明", "industry code is not given"),
    'when(in_park, unknown("示例原因", "a specimen reason"), True)': (
        "在园区内时无法判定（示例原因），否则成立",
        "undetermined (a specimen reason) where yes to “inside a park”, else it holds",
    ),
    'when(in_park, unknown("示例原因"), True)': (
        "在园区内时无法判定（示例原因），否则成立",
        "undetermined (示例原因) where yes to “inside a park”, else it holds",
    ),
    "when(in_park, invest, half) > quantity(5, '万元')": (
        "（在园区内时为投资额，否则为（投资额 ÷ 2））超过 5 万元",
        "(investment where yes to “inside a park”, else (investment ÷ 2)) is above 5 × 10,000 yuan",
    ),
    "(in_park or jobs >= 30) and (not in_park or jobs >= 60)": (
        "（在园区内，或就业人数不低于 30 人），且（并非“在园区内”，或就业人数不低于 60 人）",
        "(yes to “inside a park”, or jobs is at least 30 people), and (no to “inside a park”, or jobs is at least 60 people)",
    ),
    'size == "large"': ("规模为“大型”", "size is “large”"),
    "small": ("规则“投资过小”成立", "the rule “too small” holds"),
    "not small": ("规则“投资过小”不成立", "the rule “too small” does not hold"),
    "is_known(invest)": ("投资额已知", "investment is known"),
    "not is_known(invest)": ("投资额不知", "investment is not known"),
}  # fmt: skip


@pytest.mark.parametrize("formula", SAID)
def test_every_part_of_a_formula_has_words(formula: str) -> None:
    """Names instead of ids, values in their units, choices by their words, parameters as in force on the day."""
    said = aloud(BOOK, parse(formula), ON)
    assert (said.zh, said.en) == SAID[formula]


def test_what_a_book_has_none_of_is_still_said() -> None:
    """A field of another row and an aggregate over rows have words too."""
    assert aloud(BOOK, Of("kind", "name"), ON).zh == "类型的 name"
    assert aloud(BOOK, Rows("years", "sum", (parse("invest"),)), ON).en.startswith("sum")


@pytest.mark.parametrize("function", sorted(f for f, d in FUNCTIONS.items() if "book" in d.places))
def test_no_function_is_left_as_code(function: str) -> None:
    """Whatever a book may call is said: no id of a function, no bracket of a call."""
    arguments = {
        "day": '"2022-01-01"', "listed": '"steel"', "unknown": '"示例"', "within": "distance, error, limit",
        "when": "in_park, invest, half", "one_of": 'kind, "park"', "starts_with": 'code, "1"', "year_of": "applied_on",
        "days_between": "applied_on, today", "add_days": "applied_on, 3", "min": "invest, half", "max": "invest, half",
        "is_credit_code": "credit",
    }.get(function, "invest")  # fmt: skip
    said = aloud(BOOK, parse(f"{function}({arguments})"), ON)
    assert f"{function}(" not in said.zh + said.en
    assert "_" not in said.zh


def test_a_rule_is_one_sentence_with_what_sets_it_aside() -> None:
    """Condition, exception, the rule that takes precedence, and the outcome by name."""
    rule = BOOK.rule("small")
    assert rule is not None
    reading = read_rule(BOOK, rule, ON)
    assert reading.sentence.zh == "若投资额低于投资下限（100 万元），且规则“搬迁”不成立；除非在园区内；则为“不补”。"
    assert reading.sentence.en == (
        "If investment is below least investment (100 × 10,000 yuan), and the rule “a move” does not hold; "
        "unless yes to “inside a park”; then “refused”."
    )
    assert reading.yields_to == ("moves",)


def test_a_parameter_reads_as_in_force_on_the_day() -> None:
    """The same rule before, between and after the days of a parameter."""
    rule = BOOK.rule("small")
    assert rule is not None
    said = [read_rule(BOOK, rule, date(y, 1, 1)).sentence.zh for y in (2018, 2020, 2021)]
    assert ["未设定" in said[0], "100 万元" in said[1], "200 万元" in said[2]] == [True, True, True]


def test_a_derived_choice_reads_by_its_words() -> None:
    """Words that only the fact declares, and the note of a table without a row."""
    assert read_fact(BOOK, BOOK.facts["size"], ON).zh == "投资额超过 1,000 万元时为“大型”，否则为“小型”"
    assert aloud(BOOK, parse(f'unknown("{NO_RULE}")'), ON).zh == "无法判定（决策表没有相应的行）"


@pytest.mark.parametrize(
    "folder", sorted(p.parent for p in (PACKS / "sichuan2018" / "rules").glob("*/book.yaml")), ids=lambda p: p.name
)
def test_no_rule_of_the_pack_reads_as_code(folder: Path) -> None:
    """Neither language shows an id with an underscore or a bare comparison sign; the sentence names the outcome."""
    text = (folder / "book.yaml").read_text(encoding="utf-8")
    book, problems = compile_book(read_yaml(text, "book.yaml"), text, beside(folder))
    assert book is not None, problems
    for rule in book.rules:
        reading = read_rule(book, rule, date(2022, 12, 31))
        sentence = reading.sentence
        # what stands in a list of its own is what stands in the sentence, less the brackets around it
        assert all(c.zh in sentence.zh and c.en in sentence.en for c in reading.conditions)
        for said in (sentence.zh, sentence.en):
            assert not any(sign in said for sign in ("_", "==", "<", ">", "None"))
        assert book.outcomes[rule.give].name.zh in sentence.zh


@given(
    st.recursive(
        st.sampled_from(["in_park", "moved", "strict"]),
        lambda c: st.tuples(st.sampled_from(["and", "or"]), c, c),
        max_leaves=6,
    )
)
def test_brackets_keep_the_order_of_logic(tree: object) -> None:
    """However and and or are nested, no clause joins both without brackets between them."""

    def write(node: object) -> str:
        return node if isinstance(node, str) else f"({write(node[1])} {node[0]} {write(node[2])})"  # type: ignore[index]  # a tuple of three

    said = aloud(BOOK, parse(write(tree)), ON).zh.replace("（是）", "")
    depth, joined = 0, {0: set[str]()}
    for i, sign in enumerate(said):
        if sign == "（":
            depth += 1
            joined[depth] = set()
        elif sign == "）":
            depth -= 1
        elif sign in "且或" and said[i - 1] == "，":
            joined[depth].add(sign)
            assert len(joined[depth]) == 1
