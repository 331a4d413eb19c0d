"""An assessment on a filled form: read, checked, and run as of a day."""

from dataclasses import dataclass
from datetime import date

from zhishu.data.regions import Regions
from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.assessment import Assessment
from zhishu.pack.system import System
from zhishu.score.assess import Assessed, Facts, assess
from zhishu.study.assessing.facts import facts_of
from zhishu.study.assessing.form import form_of
from zhishu.study.open import Study
from zhishu.system.case import RawCase, read_case
from zhishu.terms import Text

MOST_UNITS = 1000
"""Units of one form: five times the counties of a large province. Places compare units in pairs."""


@dataclass(frozen=True, slots=True)
class Round:
    """An assessment of one form on one day: what was declared, what was given, and where everybody stands."""

    assessment: Assessment
    facts: Facts
    assessed: Assessed
    on: date


def assessment_of(study: Study, name: str) -> Assessment:
    """Return an assessment. Raises ZhishuError ``assessment-unknown``."""
    if name in study.pack.assessments:
        return study.pack.assessments[name]
    what = Text(f"没有考核方案 {name}", f"there is no assessment {name}")
    raise ZhishuError([Problem("assessment-unknown", name, what, did_you_mean(name, study.pack.assessments))])


def form(study: Study, name: str) -> System:
    """Return the form of an assessment."""
    return form_of(assessment_of(study, name))


def run_assessment(
    assessment: Assessment, raw: RawCase, on: date, regions: Regions, purpose: str | None = None
) -> Round:
    """Return where every unit stands by a filled form. Raises ZhishuError with every problem of the form."""
    if purpose is not None and purpose not in assessment.purposes:
        what = Text(f"没有用途 {purpose}", f"there is no purpose {purpose}")
        raise ZhishuError([Problem("assessment-purpose", purpose, what, did_you_mean(purpose, assessment.purposes))])
    case, problems = read_case(form_of(assessment), raw, on, regions)
    if problems:
        raise ZhishuError(problems)
    count = len(case.tables["units"])
    if count > MOST_UNITS:
        what = Text(f"{count} 个单位，过多", f"{count} units are too many")
        repair = Text(f"至多 {MOST_UNITS} 个", f"at most {MOST_UNITS}")
        raise ZhishuError([Problem("assessment-too-large", "units", what, repair)])
    facts = facts_of(assessment, case, on)
    return Round(assessment, facts, assess(assessment, facts, purpose), on)
