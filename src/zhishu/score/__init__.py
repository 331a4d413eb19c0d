"""Scoring: a composite only where every dimension has figures, ranks only where they mean something."""

from zhishu.score.normalise import Span, minmax
from zhishu.score.verb import DimensionScore, Scores, UnitScore, score

__all__ = ["DimensionScore", "Scores", "Span", "UnitScore", "minmax", "score"]
