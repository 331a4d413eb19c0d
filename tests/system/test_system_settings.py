"""Parameters set by whoever asks: a proposal holds only where it is adopted, and every value says where it is from."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.pack.sheets import sheet
from tests.shipped import shipped
from tests.system.spoken_book import TEXT

from zhishu.judge.opinion import judge_case
from zhishu.judge.ruleset import assemble
from zhishu.pack.book import Book
from zhishu.pack.compile_book import compile_book
from zhishu.pack.in_force import adopts
from zhishu.pack.lines import read_yaml
from zhishu.study.columns import COLUMNS
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.books.read import offers, proposals, read_facts, read_settings
from zhishu.system.books.shown import lines_shown
from zhishu.system.case import RawCase, RawRow
from zhishu.system.examples import raw_case
from zhishu.terms import Language

ON = date(2022, 1, 1)
# the archetypes by which the strategy's gates judge
JUDGES = {"list_gate", "threshold_gate", "siting_gate", "readiness", "recognition", "parity_audit", "entitlement"}
SHEET = """
system: t
archetype: threshold_gate
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
parameters:
  line: {name: {zh: 线, en: line}, unit: "%", min: 1, max: 100, proposed: 60, proposal: {zh: 原文没有写, en: not in the text}}
  floor: {name: {zh: 底, en: floor}, unit: "1"}
tables:
  rows:
    name: {zh: 行, en: rows}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      x: {name: {zh: 数, en: x}, unit: "%"}
    verdict:
      outcomes: {above: {name: {zh: 过, en: above}}, below: {name: {zh: 不过, en: below}}, open: {name: {zh: 不明, en: open}}}
      rules: [{give: below, when: x < line}]
      otherwise: above
      unknown: open
answers: []
"""


def asked(settings: dict[str, object]) -> Answer:
    """Return the answer for one row of 50 %."""
    raw = RawCase({"rows": [RawRow({"id": "甲", "x": 50}, "r1")]}, settings)
    return run_system(sheet(SHEET), raw, ON, {})


def verdict(answer: Answer) -> str | None:
    """Return the outcome of the only row."""
    (row,) = [r for r in answer.results if r.table == "rows"]
    return row.outcome.id if row.outcome else None


def test_a_proposal_nobody_adopts_judges_nobody() -> None:
    """Without a word the line is not set: the row stays open, and the answer says what may be adopted."""
    answer = asked({})
    assert (verdict(answer), answer.proposals, [p.id for p in answer.offers]) == ("open", (), ["line"])
    assert "60%" in answer.offers[0].why.zh
    assert "提议" in answer.offers[0].why.zh
    assert answer.to_json()["proposals_offered"] == ["line"]


@pytest.mark.parametrize("word", ["提议", "proposal", " Proposal "])
def test_an_adopted_proposal_holds_and_is_named(word: str) -> None:
    """The word adopts; the answer lists it as used, and as set by whoever asked."""
    answer = asked({"line": word})
    assert (verdict(answer), [p.id for p in answer.proposals], answer.offers) == ("below", ["line"], ())
    assert [(s.id, s.value.zh, s.adopted) for s in answer.settings] == [("line", "60%", True)]


def test_a_value_of_ones_own_is_no_proposal() -> None:
    """The same number written out is a setting with its source, even where it equals what is proposed."""
    answer = asked({"line": 60, "line.source": "示例文〔2020〕1号"})
    assert (verdict(answer), answer.proposals, answer.offers) == ("below", (), ())
    assert answer.to_json()["settings"] == [
        {"id": "line", "value": {"zh": "60%", "en": "60%"}, "source": "示例文〔2020〕1号", "adopted": False}
    ]
    assert "没有注明来源" in asked({"line": 60}).settings[0].say().zh


@pytest.mark.parametrize(
    ("settings", "codes"),
    [
        ({"floor": "提议"}, ["case-no-proposal"]),
        ({"line.source": "示例文"}, ["case-source-alone"]),
        ({"line": 0, "nosuch": 1, "other.source": "示例文"}, ["case-out-of-range", "case-unknown-parameter", "case-unknown-parameter"]),
    ],
)  # fmt: skip
def test_wrong_settings_are_problems(settings: dict[str, object], codes: list[str]) -> None:
    """Nothing is adopted where nothing is proposed, no source stands alone, all is told at once."""
    assert sorted(p.code for p in asked(settings).problems) == sorted(codes)


@given(st.integers(1, 99))
def test_adopting_is_setting_the_same_value(x: int) -> None:
    """Adopting 60 % and writing 60 % judge alike, whatever the row; neither can judge what the other leaves open."""
    raw = {"rows": [RawRow({"id": "甲", "x": x}, "r1")]}
    system = sheet(SHEET)
    one, other = (run_system(system, RawCase(raw, {"line": v}), ON, {}) for v in ("提议", "60"))
    assert verdict(one) == verdict(other) == ("below" if Fraction(x) < 60 else "above")


def test_no_gate_rests_on_a_proposal_nobody_adopted() -> None:
    """No system of a judging archetype and no rule book declares a proposal that stands by itself."""
    pack = shipped().pack
    systems = [s for s in pack.systems.values() if s.archetype in JUDGES]
    standing = [(s.id, p.id) for s in systems for p in s.parameters.values() if p.values and p.proposal]
    standing += [(b.id, p.id) for b in pack.books.values() for p in b.parameters.values() if p.values and p.proposal]
    assert (len(systems) > 60, standing) == (True, [])


PROPOSING = [
    s.id for s in shipped().pack.systems.values() if any(p.proposed is not None for p in s.parameters.values())
]


@pytest.mark.parametrize("name", PROPOSING)
def test_what_is_proposed_is_offered(name: str) -> None:
    """A system's first example without its adoptions says of each proposal that it is not adopted."""
    study = shipped()
    system = study.pack.systems[name]
    proposed = {k for k, p in system.parameters.items() if p.proposed is not None}
    example = system.specimen()
    assert example is not None
    rows = raw_case(example).tables
    kept = {k: v for k, v in example.set.items() if k not in proposed or not adopts(v)}
    answer = run_system(system, RawCase(rows, kept), example.on, COLUMNS, 0, study.data.regions)
    assert answer.ok
    assert {p.id for p in answer.offers} == proposed - kept.keys()
    assert not {p.id for p in answer.proposals} & proposed


def book(name: str) -> Book:
    """Return a shipped rule book."""
    return shipped().pack.books[name]


def test_a_proposed_list_says_nothing_until_it_is_adopted() -> None:
    """The tannery is open without the codes, under review with them; a list of one's own needs no adoption."""
    siting = book("siting")
    cells = next(e.given for e in siting.examples if e.id == "tannery")
    case, _ = read_facts(siting, RawRow(cells, "case"), ON, shipped().data.regions)
    nothing, adopted = read_settings(siting, {})[0], read_settings(siting, {"controlled": "proposal"})[0]
    closed = assemble(siting, ON, nothing)
    opened = assemble(siting, ON, adopted)
    assert judge_case(closed, case.values, siting.fixed).verdict == "undetermined"
    assert [p.id for p in offers(closed)] == ["controlled"]
    assert proposals(closed) == ()
    assert judge_case(opened, case.values, siting.fixed).verdict == "review"
    assert ([p.id for p in proposals(opened)], offers(opened)) == (["controlled"], ())
    own = assemble(siting, ON, nothing, {"controlled": siting.lists["controlled"]})
    assert judge_case(own, case.values, siting.fixed).verdict == "review"
    assert (proposals(own), offers(own)) == ((), ())


def test_a_book_shown_says_what_may_be_adopted() -> None:
    """A parameter with its proposed value, one nobody proposes as not set, a list with its entries; in both languages."""
    languages: tuple[Language, ...] = ("zh", "en")
    told = {say: "\n".join(lines_shown(book("industry_control"), ON, say)) for say in languages}
    assert "严控的地域范围: 提议取“全省”" in told["zh"]
    assert "低水平重复标准的文号: 未设定，须设定并注明来源" in told["zh"]
    assert "12 entries in force; the list shipped is a proposal" in told["en"]


def test_a_book_may_not_rest_on_a_standing_proposal() -> None:
    """A declared value that is only a proposal is refused, with what to write instead; so is a proposed one beside it."""
    what = "{name: {zh: 线, en: line}, %s, proposal: {zh: 甲, en: a}}"
    for value, code in (("value: 1", "book-standing-proposal"), ("value: 1, proposed: 2", "pack-proposed")):
        text = TEXT.replace("parameters:\n", f"parameters:\n  own_line: {what % value}\n", 1)
        assert text != TEXT
        _, problems = compile_book(read_yaml(text, "rules/grant/book.yaml"), text, lambda name: None)
        assert code in [p.code for p in problems]
