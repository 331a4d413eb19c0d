"""T52 and T53: small counts of people stand on no surface, and nothing that is said gives one away."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from tests.pack.sheets import read, sheet
from tests.surfaces.called import zhishu

from zhishu.data.cell_tables import Sum, Table
from zhishu.data.suppress import narrow
from zhishu.pack.catalogued import catalogued
from zhishu.pack.lines import read_yaml
from zhishu.pack.system import System
from zhishu.study import Study
from zhishu.study.columns import COLUMNS
from zhishu.surfaces.web.app import create_app
from zhishu.system.answer import run_system
from zhishu.system.answered import Answer
from zhishu.system.case import RawCase, RawRow
from zhishu.system.small_cells import SMALL

ON = date(2019, 12, 31)
SHEET = """
system: t
archetype: index
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
tables:
  rows:
    name: {zh: 行, en: rows}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      all: {name: {zh: 全部, en: all}, unit: 户}
      late: {name: {zh: 逾期, en: late}, unit: 户}
    checks:
      - {id: some, when: late > 0, then: flag, say: {zh: "{id} 有 {late}", en: "{id} has {late}"}}
    derive:
      waiting: {name: {zh: 等待, en: waiting}, formula: late, unit: 户, people: true}
      served: {name: {zh: 已办, en: served}, formula: all - late, unit: 户, people: true}
      share: {name: {zh: 占比, en: share}, formula: late / all, unit: "%"}
      size: {name: {zh: 规模, en: size}, formula: all, unit: 户, people: false}
      ok: {name: {zh: 是否知道, en: known}, formula: is_known(late)}
totals:
  waiting_all: {name: {zh: 等待合计, en: waiting in all}, formula: rows.sum(waiting), unit: 户, people: true}
  share_all: {name: {zh: 总占比, en: share of all}, formula: rows.sum(late) / rows.sum(all), unit: "%"}
  places: {name: {zh: 个数, en: places}, formula: rows.count(is_known(late)), unit: "1"}
answers: []
"""


def ran(rows: list[tuple[int, int]], system: System) -> Answer:
    """Return the published answer to rows of (late, all)."""
    cells = [RawRow({"id": f"示例{n}", "all": a, "late": x}, f"r{n}") for n, (x, a) in enumerate(rows)]
    answer = run_system(system, RawCase({"rows": cells}), ON, COLUMNS)
    assert answer.ok
    return answer


def said(answer: Answer) -> dict[tuple[str, str], str]:
    """Return every value as it is read, by subject and fact."""
    return {(r.subject, f.id): f.say("en") for r in answer.results for f in r.facts}


def test_t52_a_small_count_and_what_gives_it_away_are_hidden() -> None:
    """The count itself, its complement, its share and the note on it; another cell covers it, so the total stays."""
    answer = ran([(3, 120), (40, 300), (60, 500), (0, 80)], sheet(SHEET))
    found = said(answer)
    assert [found["示例0", f] for f in ("waiting", "served", "share")] == ["·"] * 3
    # what does not rest on it is said
    assert found["示例0", "size"] == "120 households"
    # the smallest other one covers it under the total; the rest stays
    assert (found["示例1", "waiting"], found["示例2", "waiting"]) == ("·", "60 households")
    assert found["", "waiting_all"] == "103 households"
    assert found["", "share_all"] == "·"
    # a zero is known to everybody and hides nothing
    assert (found["示例3", "waiting"], found["示例3", "share"]) == ("0 households", "0%")
    assert [m.say.en for m in answer.remarks][:3] == ["示例0 has ·", "示例1 has ·", "示例2 has 60 households"]
    assert answer.remarks[-1].kind == "small_cells"
    assert answer.unknown == ()


def test_t52_nothing_is_turned_into_another_statement() -> None:
    """What a formula would make of a missing number is hidden, never said: known, counted, summed as far as known."""
    found = said(ran([(3, 120), (4, 300)], sheet(SHEET)))
    assert (found["示例0", "ok"], found["", "places"]) == ("·", "·")
    large = ran([(30, 120), (40, 300)], sheet(SHEET))
    assert said(large)["", "places"] == "2"
    assert not [m for m in large.remarks if m.kind == "small_cells"]


def test_t52_a_shown_count_in_people_must_say_what_it_is() -> None:
    system, problems = read(SHEET.replace(", people: false", ""))
    assert [p.code for p in problems] == ["pack-people-unsaid"]
    assert system is None or problems


@pytest.mark.parametrize(
    ("personal", "codes"), [("keyed", ["pack-people-unsaid"]), ("aggregate", ["pack-people-unsaid"]), ("", [])]
)
def test_t52_in_a_system_about_people_a_plain_number_must_say_it_too(
    study: Study, personal: str, codes: list[str]
) -> None:
    """Persons counted without a unit would else pass: the sheet shows ``places`` in unit 1."""
    entry = replace(study.pack.catalogue["four-problem-diagnosis"], id="t", personal=personal)
    problems = catalogued(sheet(SHEET), {"t": entry}, read_yaml(SHEET, "t.yaml"))
    assert [p.code for p in problems] == codes
    assert all("places" in p.what.en for p in problems)
    said = SHEET.replace('unit: "1"}', 'unit: "1", people: false}')
    assert catalogued(sheet(said), {"t": entry}, read_yaml(said, "t.yaml")) == []


def test_t52_a_small_county_of_a_plan_of_services(study: Study) -> None:
    """The system of services for the disabled: the small county and the one that covers it are hidden, the sum stays."""
    system = study.pack.system("disabled-tailored-services")
    sizes = {"示例甲县": 3, "示例乙县": 15, "示例丙县": 16}
    clients = [RawRow({"id": f"{c}{n}", "county": c}, f"{c}{n}") for c, many in sizes.items() for n in range(many)]
    answer = run_system(system, RawCase({"clients": clients}), ON, COLUMNS, small=study.small)
    found = said(answer)
    assert [found[c, "n"] for c in sizes] == ["·", "·", "16 people"]
    assert found["", "held"] == "34 people"


ROWS = st.lists(
    st.tuples(st.one_of(st.integers(0, 14), st.integers(0, 400)), st.integers(400, 500)), min_size=1, max_size=7
)


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_t53_no_hidden_count_can_be_worked_out_from_the_total(rows: list[tuple[int, int]]) -> None:
    """A reader with the sums and whole numbers narrows no hidden count to fewer than three values."""
    found = said(ran(rows, sheet(SHEET)))
    cells = {("t", f"示例{n}"): x for n, (x, _) in enumerate(rows)}
    values = {**cells, ("t", ""): sum(cells.values())}
    hidden = {k for k in values if found[k[1], "waiting_all" if not k[1] else "waiting"] == "·"}
    assert all(k in hidden for k, v in cells.items() if 0 < v < SMALL.minimum)
    table = Table(values, (Sum(("t", ""), tuple(cells)),))
    assert narrow(table, hidden, SMALL.protection) == ()
    for n in range(len(rows)):
        if found[f"示例{n}", "waiting"] == "·":
            assert {found[f"示例{n}", f] for f in ("served", "share")} == {"·"}


@settings(max_examples=60, deadline=None)
@given(ROWS, st.data())
def test_t53_what_is_said_does_not_depend_on_what_is_hidden(rows: list[tuple[int, int]], data: st.DataObject) -> None:
    """Without a total that is kept, another small count in its place gives the same answer to the letter."""
    at = data.draw(st.integers(0, len(rows) - 1))
    one, other = data.draw(st.integers(1, 9)), data.draw(st.integers(1, 9))
    bare = sheet(SHEET.replace("unit: 户, people: true}\n  share_all", "unit: 户, people: false}\n  share_all"))
    answers = []
    for small in (one, other):
        changed = [*rows[:at], (small, rows[at][1]), *rows[at + 1 :]]
        answers.append(json.dumps(ran(changed, bare).to_json(), ensure_ascii=False))
    assert answers[0] == answers[1]


CASE = {"tables": {
    "works": [
        {
            "city": city, "year": 2019, "programme": "新一轮棚改", "counted_in": "套", "owner": "示例局", "planned": 1000,
            "started": 1000, "completed": 400, "due": "2020-12-31", "signed": 950, "moved": moved, "homes": 300, "full": 450,
            "part": part, "promised": "2019-12-30", "money": 10, "paid": 8,
        }
        for city, moved, part in (("示例甲市", 757, 7), ("示例乙市", 900, 150))
    ]
}}  # fmt: skip
SMALL_WORDS = ("7 户", "7 households", "757")


@pytest.fixture(scope="module")
def client(study: Study) -> TestClient:
    """Return a browser at the pages."""
    return TestClient(create_app(study, lambda: ON))


def _run(tmp: Path, *more: str) -> str:
    path = tmp / "case.json"
    path.write_text(json.dumps(CASE, ensure_ascii=False), "utf-8")
    words = ["run", "shantytown-renovation", "--input", str(path), "--on", ON.isoformat(), *more]
    done = zhishu(*words, lang="zh")
    assert done.returncode == 0
    return done.stdout


def _text(client: TestClient, tmp: Path) -> str:
    return _run(tmp)


def _json(client: TestClient, tmp: Path) -> str:
    return _run(tmp, "--json")


def _rest(client: TestClient, tmp: Path) -> str:
    return client.post(f"/api/v1/systems/shantytown-renovation/run?on={ON}", json=CASE).text


def _page(client: TestClient, tmp: Path) -> str:
    form = {f"works.{n}.{k}": str(v) for n, row in enumerate(CASE["tables"]["works"]) for k, v in row.items()}
    page = client.post(f"/systems/shantytown-renovation?on={ON}&lang=zh", data=form).text
    # the form gives back to its own author what they typed; the answer stands before it
    return page[page.index("<h1") : page.index("<form", page.index("<h1"))]


@pytest.mark.parametrize("surface", [_text, _json, _rest, _page])
def test_t52_on_every_surface(client: TestClient, tmp_path: Path, surface: Callable[[TestClient, Path], str]) -> None:
    """Seven households paid in part: no surface says seven, each says that something is kept back."""
    shown = surface(client, tmp_path)
    assert "示例乙市" in shown
    assert not [w for w in SMALL_WORDS if w in shown]
    assert "150" in shown
    assert "small_cell" in shown or "·" in shown
    assert "不公布" in shown
