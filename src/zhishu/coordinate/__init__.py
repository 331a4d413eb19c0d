"""Coordinating: tasks move by entries, and every refusal has its reason."""

from zhishu.coordinate.verb import Entry, Ruling, advance, light
from zhishu.coordinate.workflow import ACTS, NODES

__all__ = ["ACTS", "NODES", "Entry", "Ruling", "advance", "light"]
