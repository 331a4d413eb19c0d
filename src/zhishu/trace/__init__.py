"""Tracing a number: formula, inputs, source rows, declaration, sentence."""

from zhishu.trace.why import Source, Trace, source_of, why

__all__ = ["Source", "Trace", "source_of", "why"]
