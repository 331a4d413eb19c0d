"""Every method by its id, in the order of the steps: a new one enters by one declaration in the file of its step."""

from collections.abc import Mapping

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.score.methods import (
    aggregate,
    assess_around,
    assess_enter,
    assess_places,
    assess_points,
    assess_sure,
    compensate,
    denominate,
    diagnose,
    doubt,
    errors,
    explain,
    impute,
    kinds_class,
    kinds_line,
    look,
    normalise,
    reach,
    screen,
    sensitivity,
    treat,
    uncertainty,
    votes,
    weigh,
    years,
)
from zhishu.score.methods.method import Method
from zhishu.terms import Text

_ALL: tuple[Method, ...] = (
    *denominate.METHODS,
    *screen.METHODS,
    *impute.METHODS,
    *treat.METHODS,
    *years.METHODS,
    *normalise.METHODS,
    *weigh.METHODS,
    *doubt.METHODS,
    *aggregate.METHODS,
    *compensate.METHODS,
    *votes.METHODS,
    *diagnose.METHODS,
    *explain.METHODS,
    *look.METHODS,
    *uncertainty.METHODS,
    *errors.METHODS,
    *sensitivity.METHODS,
    *kinds_line.METHODS,
    *kinds_class.METHODS,
    *assess_enter.METHODS,
    *assess_points.METHODS,
    *assess_places.METHODS,
    *assess_sure.METHODS,
    *assess_around.METHODS,
    *reach.METHODS,
)

METHODS: Mapping[str, Method] = {method.id: method for method in _ALL}
"""Every method by its id."""


def method(id: str) -> Method:
    """Return a method by its id. Raises ZhishuError ``method-unknown`` with the nearest ones."""
    if id in METHODS:
        return METHODS[id]
    what = Text(f"没有方法“{id[:40]}”", f"there is no method {id[:40]}")
    raise ZhishuError([Problem("method-unknown", "method", what, did_you_mean(id, METHODS))])
