"""Allocating: shares and awards, exact, with every tie said."""

from zhishu.allocate.award import Candidate, Place, award
from zhishu.allocate.divide import divide

__all__ = ["Candidate", "Place", "award", "divide"]
