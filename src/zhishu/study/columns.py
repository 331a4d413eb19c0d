"""The verbs that can fill a column of a system, by the name a declaration uses."""

from collections.abc import Mapping

from zhishu.allocate.columns import COLUMNS as ALLOCATE
from zhishu.coordinate.columns import COLUMNS as COORDINATE
from zhishu.system.engine import ColumnFunction

COLUMNS: Mapping[str, ColumnFunction] = {**ALLOCATE, **COORDINATE}
