"""Official assessments as a pack declares them: who takes part, what counts how much for which class, what follows."""

from zhishu.pack.assessment.declared import (
    GAIN,
    TOTAL,
    Aspect,
    Assessment,
    Award,
    Grade,
    Ground,
    Group,
    Indicator,
    Item,
    Override,
    Raw,
    Room,
    Scored,
    Veto,
)
from zhishu.pack.assessment.load import load_assessments

__all__ = [
    "GAIN",
    "TOTAL",
    "Aspect",
    "Assessment",
    "Award",
    "Grade",
    "Ground",
    "Group",
    "Indicator",
    "Item",
    "Override",
    "Raw",
    "Room",
    "Scored",
    "Veto",
    "load_assessments",
]
