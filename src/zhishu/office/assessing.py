"""A version of a round: the form with what was decided in the round, run, and written down as it will be kept."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from zhishu.coordinate.rounds import Matter, Round
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.assess import Facts, Forgiven, Left, Ruling, assess
from zhishu.score.assess.sure import class_sure
from zhishu.study import Study
from zhishu.study.assessing import Round as Run
from zhishu.study.assessing import assessment_of, run_assessment
from zhishu.study.assessing.around import result_json
from zhishu.system.case import RawCase
from zhishu.terms import Text

SEED = 1
"""The seed of the intervals of every version, so that two versions differ by their figures alone."""


@dataclass(frozen=True, slots=True)
class Calculated:
    """A version ready to be recorded: the run, its result as bytes, who has which award, how many places are open."""

    run: Run
    result: bytes
    winners: Mapping[str, str]
    open: int

    def lines(self) -> str:
        """Return the winners as the lines an act records."""
        return "\n".join(f"{unit}={award}" for unit, award in sorted(self.winners.items()))


def calculated(study: Study, state: Round, raw: RawCase, on: date) -> Calculated:
    """Return the version a form gives on a day, with the vetoes, findings, forgiven errors and leavings of the round.

    Raises ZhishuError with every problem of the form, ``round-place`` for a matter about a unit that is not in it, and
    ``round-twice`` where form and round both say something about one unit and one rule.
    """
    assessment = assessment_of(study, state.assessment)
    run = run_assessment(assessment, raw, on, study.data.regions)
    facts = with_matters(run.facts, state.matters)
    done = replace(run, facts=facts, assessed=assess(assessment, facts))
    sures = {
        group: found
        for group in assessment.groups
        if (found := class_sure(assessment, facts, done.assessed, group, seed=SEED)) is not None
    }
    told = json.dumps(result_json(done, sures), ensure_ascii=False, sort_keys=True, indent=1).encode()
    winners = {s.unit: s.given.award for s in done.assessed.standings if s.given.award is not None}
    return Calculated(done, told, winners, sum(p.held for p in done.assessed.purses))


def with_matters(facts: Facts, matters: Sequence[Matter]) -> Facts:
    """Return facts with what was raised in the round: vetoes and findings also while they are open, the rest if upheld."""
    units = {m.unit for m in facts.members}
    problems = []
    for matter in matters:
        counts = matter.kind in ("veto", "falsified") or matter.ruling == "upheld"
        if counts and matter.kind != "objection" and matter.place not in units:
            what = Text(
                f"事项 {matter.number} 的“{matter.place}”不在表样里",
                f"{matter.place} of matter {matter.number} is not in the form",
            )
            problems.append(Problem("round-place", f"matter {matter.number}", what, did_you_mean(matter.place, units)))
    for kind, given in (("veto", facts.vetoes), ("falsified", facts.falsified)):
        said = {(r.unit, r.rule) for r in given}
        for matter in matters:
            if matter.kind == kind and (matter.place, matter.rule) in said:
                what = Text(
                    f"事项 {matter.number} 在表样里也写了一次", f"matter {matter.number} stands in the form too"
                )
                repair = Text("从表样里删去，以本轮登记为准", "take it out of the form: the round records it")
                problems.append(Problem("round-twice", f"matter {matter.number}", what, repair))
    if problems:
        raise ZhishuError(problems)
    upheld = [m for m in matters if m.ruling == "upheld"]
    return replace(
        facts,
        vetoes=(*facts.vetoes, *_rulings(matters, "veto")),
        falsified=(*facts.falsified, *_rulings(matters, "falsified")),
        forgiven=(
            *facts.forgiven,
            *(Forgiven(m.place, m.rule, Fraction(m.points), m.ground or None) for m in upheld if m.kind == "forgiving"),
        ),
        left=(
            *facts.left,
            *(Left(m.place, m.decision.on, m.basis) for m in upheld if m.kind == "leaving" and m.decision),
        ),
    )


def _rulings(matters: Sequence[Matter], kind: str) -> list[Ruling]:
    return [Ruling(m.place, m.rule, m.ruling) for m in matters if m.kind == kind]


@dataclass(frozen=True, slots=True)
class Changed:
    """One unit in two kept versions: total, rank and award before and after, as they were written down."""

    unit: str
    before: Mapping[str, object]
    after: Mapping[str, object]


def read_result(content: bytes | None) -> Mapping[str, object]:
    """Return a kept result; nothing where its content is gone."""
    found = json.loads(content) if content is not None else {}
    return found if isinstance(found, dict) else {}


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> list[Changed]:
    """Return the units of two kept results that differ in total, rank or award."""
    was, now = _units(before), _units(after)
    found = []
    for unit in sorted({*was, *now}):
        a, b = was.get(unit, {}), now.get(unit, {})
        if any(a.get(k) != b.get(k) for k in ("total", "rank", "award", "open_awards", "state", "class")):
            found.append(Changed(unit, a, b))
    return found


def _units(result: Mapping[str, object]) -> dict[str, dict[str, object]]:
    rows = result.get("units")
    return {str(r["unit"]): r for r in rows if isinstance(r, dict)} if isinstance(rows, list) else {}
