"""The small assessment on which examples of assessments run: one class, output and jobs by fixed lines, two awards."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown
from zhishu.pack.assessment import Assessment, load_assessments
from zhishu.pack.lines import read_yaml
from zhishu.score.assess.award import Given
from zhishu.score.assess.facts import Facts, Member, Reading
from zhishu.score.methods.example import Cell, Table, units
from zhishu.score.methods.method import Source
from zhishu.terms import Text

LINE = "kind: interval, parameters: {full_at: 100, none_at: 0}"
"""Points as many as the figure, from 0 to 100."""
_DECLARED = """
assessments:
  example:
    name: {zh: 示例考核, en: example}
    version: {zh: 第一版, en: first}
    years: [2020, 2020]
    cite: {at: "26.7", quote: 实行差异化考核}
    level: county
    proposal: {zh: 示意, en: illustrative}
    decides: {zh: 示例机关, en: an example authority}
    notice: {zh: 书面告知, en: in writing}
    objection_days: 5
    repair: {zh: 可申请复核, en: review may be asked for}
    groups:
      a: {name: {zh: 甲类, en: class a}}
    aspects:
      economy:
        name: {zh: 经济, en: economy}
        indicators:
          output: {name: {zh: 产出, en: output}, unit: "1", OUTPUT, weight: 60, direction: {zh: 多好, en: more}, denominator: {zh: 无, en: none}}
      life:
        name: {zh: 民生, en: life}
        indicators:
          jobs: {name: {zh: 就业, en: jobs}, unit: "1", kind: interval, parameters: {full_at: 100, none_at: 0}, weight: 40, direction: {zh: 多好, en: more}, denominator: {zh: 无, en: none}}
    awards:
      first: {name: {zh: 强县, en: first award}, prize: 6000 万元, places: {a: 1}}
      second: {name: {zh: 先进县, en: second award}, prize: 5000 万元, places: {a: 2}}
"""
OUTPUT, JOBS = Text("产出", "output"), Text("就业", "jobs")
NAMES: Mapping[str, Text] = {
    "output": OUTPUT,
    "jobs": JOBS,
    "first": Text("强县", "first award"),
    "second": Text("先进县", "second award"),
}
"""How what is declared is called in tables."""
LINES = Text(
    "产出权重 60、就业 40，0 到 100 按直线；强县 1 名、先进县 2 名",
    "output weighs 60, jobs 40, a straight line from 0 to 100; one first award, two second ones",
)
OWN = Source(Text("没有外部文献", "no outside work"), "own")
HELD = Source(Text("未知、未决、并列一律留着待定", "what is unknown, undecided or tied is held"), "own")
MEASURES = Source(
    Text("四川县域经济发展考核办法（2019年3月）", "Sichuan, measures of county economic assessment, March 2019"),
    "report",
)
ASSESSED = ("differentiated-assessment",)
"""Who calls for all of them: the catalogue asks for assessments that differ by zone and stage."""


def declared(more: str = "", output: str = LINE, groups: str = "", places: int = 2) -> Assessment:
    """Return the small assessment with what is added, output scored by another kind, and other classes."""
    text = _DECLARED.replace("OUTPUT", output).replace("places: {a: 2}", f"places: {{a: {places}}}")
    if groups:
        text = text.replace("      a: {name: {zh: 甲类, en: class a}}\n", groups)
    found, problems = load_assessments(read_yaml(text + more, "example.yaml"))
    assert not problems, [(p.where, p.what.en) for p in problems]
    return found["example"]


def figures(output: Sequence[Cell], jobs: Sequence[Cell]) -> Table:
    """Return a table of as many example units as there are figures."""
    return units({OUTPUT: output, JOBS: jobs})


def names(given: Table) -> tuple[str, ...]:
    """Return the units of a table as an assessment calls them."""
    return tuple(row.en for row in given.rows)


def column(given: Table, place: int) -> dict[str, Cell]:
    """Return a column of a table by unit."""
    return dict(zip(names(given), given.columns[place][1], strict=True))


def readings(given: Table, output: int = 0, jobs: int = 1) -> dict[str, dict[str, Reading]]:
    """Return what was read of each unit; a blank cell is missing. The numbers are the places of the columns."""
    held = {"output": column(given, output), "jobs": column(given, jobs)}
    return {u: {name: _reading(cells[u]) for name, cells in held.items()} for u in names(given)}


def members(given: Table) -> tuple[Member, ...]:
    """Return every unit of a table as a member of class a."""
    return tuple(Member(u, "a") for u in names(given))


def facts(given: Table) -> Facts:
    """Return the facts of a table: all in class a, output and jobs in its first two columns."""
    return Facts(members(given), readings(given))


def value(cell: Cell) -> Value:
    """Return a cell as a fact; blank is missing."""
    if isinstance(cell, bool):
        return cell
    return Unknown("missing") if cell is None else Fraction(str(cell))


def cell(found: Value) -> Cell:
    """Return a fact as a cell of a table."""
    return found if isinstance(found, Fraction | Unknown | bool | str) else str(found)


def award(given: Given) -> Text:
    """Return what a unit gets, or what is held for it."""
    if given.award is not None:
        return NAMES[given.award]
    if not given.open:
        return Text("–", "–")
    held = [NAMES[name] for name in given.open]
    return Text(f"{'、'.join(n.zh for n in held)}待定", f"{', '.join(n.en for n in held)}: held")


def place(best: int, worst: int) -> str:
    """Return a place, or the best and the worst where it is open."""
    return str(best) if best == worst else f"{best}–{worst}"


def _reading(cell: Cell) -> Reading:
    return {} if cell is None else {"value": Fraction(str(cell))}
