"""Measuring indicators over the panel, exactly and with everything they rest on."""

from zhishu.measure.reading import Reading
from zhishu.measure.scope import Grid
from zhishu.measure.verb import measure

__all__ = ["Grid", "Reading", "measure"]
