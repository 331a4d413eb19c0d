"""Small assessments for tests: a class of six, two indicators, two awards; what differs is given as text."""

from collections.abc import Mapping, Sequence
from fractions import Fraction

from zhishu.pack.assessment import Assessment, load_assessments
from zhishu.pack.lines import read_yaml
from zhishu.score.assess import Facts, Member

WAN = 10_000
"""元 in one 万元."""
HEAD = """
assessments:
  small:
    name: {zh: 示例考核, en: specimen}
    version: {zh: 第一版, en: first}
    years: [2020, 2020]
    cite: {at: "26.7", quote: 实行差异化考核}
    level: county
    proposal: {zh: 示意, en: illustrative}
    decides: {zh: 省人民政府, en: the provincial government}
    notice: {zh: 书面告知, en: in writing}
    objection_days: 5
    repair: {zh: 可申请复核, en: review may be asked for}
"""
GROUPS = """
    groups:
      a: {name: {zh: 甲类, en: class A}}
"""
ASPECTS = """
    aspects:
      economy:
        name: {zh: 经济, en: economy}
        indicators:
          output: {name: {zh: 产出, en: output}, unit: "1", kind: interval, parameters: {full_at: 100, none_at: 0}, weight: 60, direction: {zh: 多好, en: more}, denominator: {zh: 无, en: none}}
      life:
        name: {zh: 民生, en: life}
        indicators:
          jobs: {name: {zh: 就业, en: jobs}, unit: "1", kind: interval, parameters: {full_at: 100, none_at: 0}, weight: 40, direction: {zh: 多好, en: more}, denominator: {zh: 无, en: none}}
"""
AWARDS = """
    awards:
      first: {name: {zh: 强县, en: first}, prize: 6000 万元, places: {a: 1}}
      second: {name: {zh: 先进县, en: second}, prize: 5000 万元, places: {a: 2}}
"""


def made(*more: str, groups: str = GROUPS, aspects: str = ASPECTS, awards: str = AWARDS) -> Assessment:
    """Return the small assessment with what is added; its declaration must have no problem."""
    text = HEAD + groups + aspects + awards + "\n".join(more)
    found, problems = load_assessments(read_yaml(text, "assessments.yaml"))
    assert not problems, [(p.code, p.where, p.what.en) for p in problems]
    return found["small"]


def given(values: Mapping[str, Sequence[int | str | None]], **more: object) -> Facts:
    """Return facts of units of class a: unit → output, jobs; None is missing."""
    readings = {
        unit: {
            name: {"value": Fraction(v)} if v is not None else {}
            for name, v in zip(("output", "jobs"), pair, strict=True)
        }
        for unit, pair in values.items()
    }
    members = more.pop("members", None) or tuple(Member(u, "a") for u in values)
    return Facts(members, readings, **more)  # type: ignore[arg-type]  # what differs is for the test to say


SIX: dict[str, tuple[int, int]] = {
    "示例一": (90, 90),
    "示例二": (80, 80),
    "示例三": (70, 70),
    "示例四": (60, 60),
    "示例五": (50, 50),
    "示例六": (40, 40),
}
"""Six units in order, a clear ten points apart."""
