"""Scoring: a composite only where every dimension has figures, ranks only where they mean something."""

from zhishu.score.scales import Span, minmax
from zhishu.score.vary import Spread
from zhishu.score.verb import DimensionScore, Scores, UnitScore, score

__all__ = ["DimensionScore", "Scores", "Span", "Spread", "UnitScore", "minmax", "score"]
