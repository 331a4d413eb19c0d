"""Assessments for whoever asks: forms, runs of filled ones, and how sure they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.assessment import Assessment
from zhishu.score.assess import assess
from zhishu.study.assessing import Round, assessment_of, form, run_assessment
from zhishu.study.assessing.specimen import specimen
from zhishu.study.assessing.told import told
from zhishu.study.open import Study
from zhishu.surfaces.excel.inputs import case_from_bytes
from zhishu.surfaces.excel.template import template
from zhishu.surfaces.reached import log_reach
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.score.assess.reach import Aim, Reach
    from zhishu.score.assess.sure import ClassSure

MOST_RUNS = 10_000


@dataclass(frozen=True, slots=True)
class Sureness:
    """How intervals are drawn: runs, seed, level."""

    runs: int = 1000
    seed: int = 1
    level: float = 0.9


def form_book(study: Study, name: str, seed: int | None = None) -> bytes:
    """Return the workbook of an assessment's form: empty, or filled with specimens drawn from a seed."""
    assessment = assessment_of(study, name)
    filled = None if seed is None else specimen(assessment, seed)
    return template(form(study, name), assessment.name, filled=filled, command="score")


def run_file(study: Study, name: str, content: bytes, file: str, on: date, purpose: str | None = None) -> Round:
    """Return a run of an assessment on a filled form (JSON or xlsx)."""
    assessment = assessment_of(study, name)
    return run_assessment(
        assessment, case_from_bytes(content, file, form(study, name)), on, study.data.regions, purpose
    )


def result_file(run: Round, how: Sureness) -> bytes:
    """Return the workbook of a run with its intervals and findings."""
    from zhishu.study.assessing.around import result_json
    from zhishu.surfaces.excel.standing import result_book

    return result_book(told(result_json(run, sures_of(run, how))), run.assessment)


def sures_of(run: Round, how: Sureness) -> "Mapping[str, ClassSure]":
    """Return the intervals of every class that has places. Raises ZhishuError ``assessment-option``."""
    from zhishu.score.assess.sure import class_sure

    if not (1 <= how.runs <= MOST_RUNS and 0.01 <= how.level <= 0.99 and how.seed >= 0):
        what = Text("次数、水平或种子不在范围内", "runs, level or seed are out of range")
        repair = Text(
            f"次数 1—{MOST_RUNS}，水平 0.01—0.99，种子不为负",
            f"runs 1 to {MOST_RUNS}, level 0.01 to 0.99, a seed not below 0",
        )
        raise ZhishuError([Problem("assessment-option", "runs", what, repair)])
    found = {}
    for group in run.assessment.groups:
        made = class_sure(run.assessment, run.facts, run.assessed, group, runs=how.runs, seed=how.seed, level=how.level)
        if made is not None:
            found[group] = made
    return found


def run_as(assessment: Assessment, run: Round) -> Round:
    """Return the run of the same facts by another version of the assessment.

    What the other version asks and the form does not have is unknown there.
    """
    return Round(assessment, run.facts, assess(assessment, run.facts, None), run.on)


def reach_of(run: Round, unit: str, aim: "Aim") -> "Reach":
    """Return what a unit would need. Raises ZhishuError ``assessment-unit`` for one that is not there or has no total."""
    from zhishu.score.assess.reach import reach

    names = [s.unit for s in run.assessed.standings]
    if unit not in names:
        what = Text(f"表样里没有 {unit}", f"{unit} is not in the form")
        raise ZhishuError([Problem("assessment-unit", unit, what, did_you_mean(unit, names))])
    standing = run.assessed.of(unit)
    if standing.points is None or not isinstance(standing.total, Fraction):
        what = Text(f"{unit} 没有总分", f"{unit} has no total")
        repair = Text("先补齐缺数、核清资格和类别", "fill in what is missing, and settle eligibility and class first")
        raise ZhishuError([Problem("assessment-unit", unit, what, repair)])
    return reach(run.assessment, run.facts, run.assessed, unit, aim)


def log_aim(assessment: str, unit: str, aim: "Aim", on: date) -> None:
    """Note that somebody asked what a unit would need in an assessment."""
    log_reach(assessment, unit, None if aim.total is None else str(float(aim.total)), aim.rank, on.isoformat())


def class_of(run: Round, group: str, how: Sureness) -> "ClassSure":
    """Return the intervals of one class. Raises ZhishuError ``assessment-class`` for one that is not there or has none."""
    from zhishu.study.assessing.sureness import no_places

    if group not in run.assessment.groups:
        what = Text(f"没有类别 {group}", f"there is no class {group}")
        raise ZhishuError([Problem("assessment-class", group, what, did_you_mean(group, run.assessment.groups))])
    found = sures_of(run, how).get(group)
    if found is None:
        raise no_places(group)
    return found
