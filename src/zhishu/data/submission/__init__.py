"""Submissions: statistics tables as offices send them, read by the template profiles of a pack.

``read`` gives a ``Reading``; ``canonical`` its content as bytes, ``difference`` what it adds to the figures held.
"""

from zhishu.data.submission.canonical import canonical, content_hash, from_canonical, provenance
from zhishu.data.submission.difference import Difference, Revision, difference
from zhishu.data.submission.figures import Figure, Figures, Observations
from zhishu.data.submission.manifest import Manifest, basis
from zhishu.data.submission.periods import Period, read_period
from zhishu.data.submission.read import read
from zhishu.data.submission.reading import Blank, Guess, Progress, Reading, TotalCheck

__all__ = [
    "Blank",
    "Difference",
    "Figure",
    "Figures",
    "Guess",
    "Manifest",
    "Observations",
    "Period",
    "Progress",
    "Reading",
    "Revision",
    "TotalCheck",
    "basis",
    "canonical",
    "content_hash",
    "difference",
    "from_canonical",
    "provenance",
    "read",
    "read_period",
]
