"""Watching targets: verdicts as of a day, with pace, bounds and other readings."""

from zhishu.watch.judgement import REASONS, Judgement
from zhishu.watch.points import Evidence, Point
from zhishu.watch.promises import promise_state
from zhishu.watch.rules import PaceRules
from zhishu.watch.verb import watch

__all__ = ["REASONS", "Evidence", "Judgement", "PaceRules", "Point", "promise_state", "watch"]
