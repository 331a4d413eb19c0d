"""What the cells of one column, or one row of a long table, are figures of."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from zhishu.data.series import Series
from zhishu.data.submission.periods import Period
from zhishu.data.submission.units_said import UnitRead
from zhishu.pack.profile import Meaning, Percent


@dataclass(frozen=True, slots=True)
class Slot:
    """What the cells of one column, or one row of a long table, are figures of."""

    series: Series
    period: Period
    unit: UnitRead
    run: str
    signs: Mapping[str, Meaning]
    percent: Percent
    status: Literal["actual", "planned"] = "actual"
    published: date | None = None
    source: str = ""
    note: str = ""
