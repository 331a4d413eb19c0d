"""Explaining a number of a study as of a day."""

from datetime import date

from zhishu.study.figures import grid
from zhishu.study.open import Study
from zhishu.trace import Trace, why


def explain(study: Study, ref: str, on: date) -> Trace:
    """Return the trace of ``indicator/region/year``, from what was known on a day."""
    return why(study.pack, study.data, grid(study, on), ref)
