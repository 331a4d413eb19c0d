"""Tracing a number: formula, inputs, source rows, declaration, sentence."""

from zhishu.trace.why import Trace, why

__all__ = ["Trace", "why"]
