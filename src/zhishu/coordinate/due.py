"""The clock of whatever a unit must answer: its light, how late it is, and how loudly it is reminded.

Nothing here is stored: all of it follows from the deadline, the days of the record and the calendar.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from zhishu.coordinate.standing import Colour
from zhishu.coordinate.state import COLOURS as _COLOURS
from zhishu.coordinate.world import World
from zhishu.logic import Unknown
from zhishu.terms import Text, counted

COLOURS: Mapping[str, Colour] = {**_COLOURS, "answered": "green", "no_calendar": "yellow"}
"""Colour of each light: a light that is not sure is never green."""

LEVELS = ("none", "blue", "orange", "red")
"""How loudly a unit is reminded, from not at all; red is told to whoever stands above."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What is clocked: the deadline, the day the answer came (None while it is owed), the last record, the end."""

    due: date | None
    answered: date | None
    last: date | None
    ended: bool = False


def light(clock: Clock, world: World) -> str:
    """Return the light on the day of the world; an answer that awaits its review stops the clock."""
    passed = clock.due is not None and (clock.answered or world.today) > clock.due
    if clock.ended:
        return "done_late" if passed else "done"
    if passed:
        return "overdue"
    if clock.answered is not None:
        return "answered"
    if clock.due is not None:
        # due within n worked days: before the day that lies n + 1 of them ahead
        far = world.calendar.after(world.today, world.rules.number("near_days") + 1)
        if isinstance(far, Unknown):
            return "no_calendar"
        if clock.due < far:
            return "near"
    if clock.last is None:
        return "unrecorded"
    if (world.today - clock.last).days > world.rules.number("stale_days"):
        return "stale"
    return "no_deadline" if clock.due is None else "open"


def days_late(clock: Clock, world: World) -> int | Unknown:
    """Return the worked days past the deadline, at least 1 from the first day after it; 0 in time.

    Unknown without a deadline (``no_deadline``) and where a year between has no calendar (``no_calendar``).
    """
    if clock.due is None:
        return Unknown("no_deadline")
    reached = clock.answered or world.today
    if reached <= clock.due:
        return 0
    worked = world.calendar.between(clock.due, reached)
    # a deadline passed over a holiday is passed all the same
    return worked if isinstance(worked, Unknown) else max(1, worked)


def level(clock: Clock, world: World) -> str:
    """Return how loudly the unit is reminded: it rises with the days past the deadline and never falls back.

    Blue from the first day, orange after the days to answer an order, red after the days between the two
    orders. Only days known to be worked count, so that a year without calendar never makes it louder.
    """
    if clock.ended or clock.answered is not None or clock.due is None or world.today <= clock.due:
        return "none"
    orange = world.rules.number("order_answer_days")
    red = orange + world.rules.number("order_red_days")
    day, late = clock.due, 0
    while day < world.today and late <= red:
        day += timedelta(1)
        late += world.calendar.works(day) is True
    if late <= orange:
        return "blue"
    return "orange" if late <= red else "red"


def clock_words(world: World) -> dict[str, Text]:
    """Return each light as a person reads it, with the office's own days."""
    near, stale = world.rules.number("near_days"), world.rules.number("stale_days")
    return {
        "done": Text("已办结", "closed"),
        "done_late": Text("逾期办结", "closed late"),
        "overdue": Text("逾期", "overdue"),
        "near": Text(f"{near} 个工作日内到期", f"due within {counted(near, 'working day')}"),
        "stale": Text(f"超过 {stale} 日没有记录", f"no entry for over {counted(stale, 'day')}"),
        "unrecorded": Text("尚无记录", "nothing recorded yet"),
        "no_deadline": Text("没有时限", "no deadline"),
        "no_calendar": Text("放假安排未录入，算不出临期", "holidays not in the table, nearness unknown"),
        "answered": Text("已答复，待审核", "answered, awaits review"),
        "open": Text("办理中", "in progress"),
    }
