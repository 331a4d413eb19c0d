"""Coordinating: tasks follow a declared workflow by entries, and every refusal has its reason."""

from zhishu.coordinate.entry import Entry, Task
from zhishu.coordinate.state import TaskState
from zhishu.coordinate.verb import Coordination, Ruling, coordinate

__all__ = ["Coordination", "Entry", "Ruling", "Task", "TaskState", "coordinate"]
