"""Facts that contradict each other are refused at their fields, in a case as in a register; what is unknown never is."""

import json
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from agreeing_book import TEXT, agreeing_book, refused
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.data.region_words import RegionWords
from zhishu.errors import Problem, ZhishuError
from zhishu.study import Study
from zhishu.study.judging import judge_one, ready
from zhishu.surfaces.cli.judge import command as judge
from zhishu.surfaces.cli.rules import command as rules
from zhishu.surfaces.register.intake import MOST_PROBLEMS
from zhishu.surfaces.register.run import ENGINES, Tally, judge_file, tally_read
from zhishu.system.books.contract import book_json
from zhishu.system.books.read import read_facts
from zhishu.system.case import RawRow

ON = date(2022, 12, 31)
HEAD = "id,county,begun,done,whole,part,other,open"
DAYS = st.sampled_from(["", "2020-01-01", "2020-06-01", "2021-01-01"])
AREAS = st.sampled_from(["", "0.1", "0.2", "0.3", "0.30", "3000 平方米", "1"])


def register(study: Study, folder: Path, rows: list[str], size: int = 500) -> Tally:
    """Judge rows of a CSV."""
    source = folder / "works.csv"
    source.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    words = RegionWords(study.data.regions, ON)
    return judge_file(ready(agreeing_book(), ON), words, source, folder / "out.parquet", size=size)


def refusals(study: Study, folder: Path, rows: list[str], size: int = 500) -> tuple[Problem, ...]:
    """Return what a register is refused for; nothing is written then."""
    with pytest.raises(ZhishuError) as caught:
        register(study, folder, rows, size)
    assert sorted(p.name for p in folder.iterdir()) == ["works.csv"]
    return caught.value.problems


def of_case(study: Study, row: str) -> list[Problem]:
    """Return the problems of one row filled in as a form."""
    cells = dict(zip(HEAD.split(","), row.split(","), strict=True))
    return list(read_facts(agreeing_book(), RawRow(cells, "case"), ON, study.data.regions)[1])


def test_a_case_is_refused_with_its_facts_and_their_values(study: Study) -> None:
    """Which facts, what they are, why they cannot stand together, and how to repair it, in both languages."""
    problem = of_case(study, "示例1,示例县,2021-01-01,2020-06-01,,,,")[0]
    assert (problem.code, problem.where) == ("case-contradictory", "case.begun,done")
    assert "2020-06-01 竣工，早于开工（开工日期：2021-01-01，竣工日期：2020-06-01）" in problem.what.zh
    assert "done on 2020-06-01, before it began (begun on: 2021-01-01, done on: 2020-06-01)" in problem.what.en
    assert problem.repair.zh.startswith("对照原件")


def test_what_a_blank_stands_for_contradicts_nothing(study: Study, tmp_path: Path) -> None:
    """50 ha are assumed where nothing is said; only what somebody stated can contradict."""
    assert of_case(study, "示例1,示例县,,,1,1,,") == []
    assert register(study, tmp_path, ["示例1,示例县,,,1,1,,"]).rows == 1


def test_all_rows_of_all_pieces_are_named(study: Study, tmp_path: Path) -> None:
    """Each row with its line, whichever piece it stands in; beside other problems of the file."""
    rows = [
        "示例1,示例县,2021-01-01,2020-06-01,,,,",
        "示例2,示例县,2020-01-01,2020-06-01,1,0.5,0.5,是",
        "示例3,示例县,2021-01-01,2020-06-01,0.3,0.2,0.2,",
        "示例4,示例县,昨天,2020-06-01,,,,",
        "示例5,示例县,2021-01-01,2020-01-01,,,,",
    ]
    found = refusals(study, tmp_path, rows, size=2)
    assert sorted(((p.code, p.where) for p in found), key=lambda pair: pair[1]) == [
        ("case-contradictory", "works.csv:2.begun,done"),
        ("case-contradictory", "works.csv:4.begun,done"),
        ("case-contradictory", "works.csv:4.whole,part,other"),
        ("case-not-a-date", "works.csv:5.begun"),
        ("case-contradictory", "works.csv:6.begun,done"),
    ]


def test_fractions_after_whole_numbers_stay_fractions(study: Study, tmp_path: Path) -> None:
    """A column whole in the first piece and not in the next gives the same verdicts on DuckDB as in memory."""
    text = TEXT.replace("公顷", "天").replace("value: 10}", "value: 0}")
    rows = [
        "示例1,示例县,,,5,5,0,是",
        "示例2,示例县,,,5,5,0,是",
        "示例3,示例县,,,5.5,5,0,是",
        "示例4,示例县,,,5.5,5.2,0,是",
    ]
    source, out = tmp_path / "works.csv", tmp_path / "out.parquet"
    source.write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    for engine in ENGINES[:2]:
        judge_file(ready(agreeing_book(text), ON), RegionWords(study.data.regions, ON), source, out, engine, size=2)
        assert pl.read_parquet(out).sort("id")["verdict"].to_list() == ["small", "small", "large", "large"]


def test_problems_are_bounded_and_say_so(study: Study, tmp_path: Path) -> None:
    """A file wrong in every row names the first rows and says that there may be more."""
    found = refusals(study, tmp_path, [f"示例{i},示例县,2021-01-01,2020-06-01,,,," for i in range(400)], size=100)
    assert len(found) == MOST_PROBLEMS + 1
    assert found[-1].code == "register-more-problems"
    assert found[0].where == "works.csv:2.begun,done"


@settings(max_examples=15)
@given(rows=st.lists(st.tuples(DAYS, DAYS, AREAS, AREAS, AREAS), min_size=1, max_size=12))
def test_a_register_refuses_the_rows_a_form_refuses(study: Study, tmp_path_factory, rows) -> None:
    """The same rows, in the same words; 0.1 + 0.2 is 0.3 in both."""
    lines = [f"示例{i},示例县,{','.join(r)}," for i, r in enumerate(rows)]
    wanted = [p.what for line in lines for p in of_case(study, line)]
    folder = tmp_path_factory.mktemp("law")
    if wanted:
        assert [p.what for p in refusals(study, folder, lines)] == wanted
    else:
        assert register(study, folder, lines).rows == len(lines)


def test_the_command_refuses_a_contradiction() -> None:
    """The fields of the case are named."""
    facts = {"id": "示例卯", "in_red_line": "否", "permitted_activity": "是"}
    said = CliRunner().invoke(judge, ["siting", *(a for k, v in facts.items() for a in ("--fact", f"{k}={v}"))])
    assert isinstance(said.exception, ZhishuError)
    assert said.exception.problems[0].where == "case.in_red_line,permitted_activity"


def test_the_checks_are_told_where_the_rules_are(study: Study) -> None:
    """In the contract and by ``rules show``, read out in words."""
    book = study.pack.book("siting")
    told = book_json(book, ON)["checks"]
    assert [(c["id"], c["facts"]) for c in told] == [("permitted_where", ["in_red_line", "permitted_activity"])]
    assert "permitted_where" in CliRunner().invoke(rules, ["show", "siting", "--on", "2022-12-31"]).output


def test_every_check_of_the_pack_is_broken_by_an_example(study: Study) -> None:
    """A check nobody tried is none."""
    for book in study.pack.books.values():
        broken = {
            p.where.partition(".")[2]
            for e in book.examples
            for p in read_facts(book, RawRow(e.given, "case"), e.on, study.data.regions)[1]
            if p.code == "case-contradictory"
        }
        assert {",".join(c.reads) for c in book.checks} == broken


@pytest.mark.parametrize(
    ("formula", "code"),
    [
        ("begun <= doen", "formula-unknown-name"),
        ("part + other", "formula-kind"),
        ("part <= begun", "formula-kind"),
        ("part <= limit", "book-check-reads"),
        ("rest >= part", "book-check-reads"),
        ("begun <= today", "book-check-reads"),
        ("big or open", "book-check-reads"),
        ("1 < 2", "book-check-reads"),
        ("begun <=", "formula-syntax"),
    ],
)
def test_a_check_reads_given_facts_only(formula: str, code: str) -> None:
    """Wrong names, kinds, and what is no fact of the case are refused when the book is loaded, at the check."""
    found = refused(TEXT.replace("begun <= done", formula))
    assert [c for c, _ in found] == [code]
    assert found[0][1].startswith("works.yaml:2")


def test_slots_and_ids_of_checks_are_checked() -> None:
    """A slot that is no field, and an id that is taken."""
    assert [c for c, _ in refused(TEXT.replace("{part} used", "{nosuch} used"))] == ["book-unknown-name"]
    assert [c for c, _ in refused(TEXT.replace("id: in_order", "id: limit"))] == ["book-name-twice"]


@pytest.mark.parametrize(
    ("county", "code", "said"),
    [
        ("重庆市渝中区", "case-region-outside", "属重庆市，在四川省范围之外"),
        ("420106", "case-region-outside", "属湖北省，在四川省范围之外"),
        ("Hubei", "case-region-outside", "属湖北省"),
        ("武汉市", "case-region-unknown", "四川省没有地区“武汉市”"),
        ("绵阳市", "case-region-level", "不是县（市、区）"),
    ],
)
def test_a_place_elsewhere_is_refused(study: Study, tmp_path: Path, county: str, code: str, said: str) -> None:
    """Outside the province, unknown, or of another level: row, field and repair, alike in a form and a register."""
    problem = of_case(study, f"示例1,{county},,,,,,")[0]
    assert (problem.code, problem.where) == (code, "case.county")
    assert said in problem.what.zh
    (found,) = refusals(study, tmp_path, ["示例0,青神县,,,,,,", f"示例1,{county},,,,,,"])
    assert (found.code, found.where, found.what, found.repair) == (
        code,
        "works.csv:3.county",
        problem.what,
        problem.repair,
    )


def test_a_site_without_a_place_is_judged_and_remarked(study: Study, tmp_path: Path) -> None:
    """The verdict stands; row, field and what to fill in are said, the count is whole, the list is bounded."""
    case, _ = judge_one(study, ready(agreeing_book(), ON), {"id": "示例1"})
    assert [(p.code, p.where, p.severity) for p in case.remarks] == [("case-no-place", "case.county", "warning")]
    tally = register(study, tmp_path, ["示例0,青神县,,,,,,", *(f"示例{i},,,,,,," for i in range(1, 41))], size=10)
    assert (tally.rows, tally.remarked, len(tally.remarks)) == (41, 40, 20)
    assert tally.remarks[0].where == "works.csv:3.county"
    assert tally.remarks[0].repair.zh == "写全称或六位代码"
    assert tally_read(json.loads(json.dumps(tally.to_json()))) == tally
