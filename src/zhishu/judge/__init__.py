"""Judging: ordered rules over facts that may be unknown."""

from zhishu.judge.verb import Finding, judge

__all__ = ["Finding", "judge"]
