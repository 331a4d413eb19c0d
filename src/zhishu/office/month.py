"""A month of the office in figures: each with the subjects it counts, so that every number opens to its entries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from zhishu.coordinate.bodies import Body
from zhishu.coordinate.body.derived import overdue
from zhishu.coordinate.kinds.period import unreported
from zhishu.coordinate.periods import Period
from zhishu.coordinate.task.orders import last_issued
from zhishu.coordinate.task.walk import ended
from zhishu.coordinate.tasks import Item
from zhishu.office.burden import Asked, burden
from zhishu.office.line import Line
from zhishu.office.moment import Moment
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A count: its key, its name, and the streams it counts, sorted. ``seqs`` are single entries it counts instead."""

    key: str
    name: Text
    streams: tuple[str, ...] = ()
    seqs: tuple[int, ...] = ()

    @property
    def value(self) -> int:
        """Return how many."""
        return len(self.streams) or len(self.seqs)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A unit in the month: its figures in the order of ``COLUMNS``."""

    unit: str
    name: Text
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Month:
    """The month as of a day: totals, rows by responsible unit, the tasks that are late, what was ordered."""

    month: str
    day: date
    figures: tuple[Figure, ...]
    units: tuple[UnitRow, ...]
    late: tuple[Line, ...]
    ordered: tuple[tuple[str, str], ...]
    burden: tuple[Asked, ...]

    def figure(self, key: str) -> Figure | None:
        """Return a figure by its key, of the whole or of a unit."""
        every = (*self.figures, *(f for row in self.units for f in row.figures))
        return next((f for f in every if f.key == key), None)

    def table(self) -> dict[str, str]:
        """Return every figure by its key as it is printed: what two releases are compared by."""
        every = (*self.figures, *(f for row in self.units for f in row.figures))
        return {f.key: str(f.value) for f in every}


COLUMNS: tuple[tuple[str, Text], ...] = (
    ("running", Text("在办", "running")),
    ("closed", Text("本月办结", "closed this month")),
    ("overdue", Text("逾期", "overdue")),
    ("near", Text("临期", "due soon")),
    ("stale", Text("久无消息", "no fresh word")),
    ("orders", Text("本月督办", "orders this month")),
    ("asked", Text("本月要件", "asked this month")),
)
LEVELS: tuple[tuple[str, Text], ...] = (
    ("blue", Text("蓝色提醒", "blue")),
    ("orange", Text("橙色预警", "orange")),
    ("red", Text("红色督办", "red")),
)


def last_day(month: str) -> date:
    """Return the last day of a month.

    >>> last_day("2020-02")
    datetime.date(2020, 2, 29)
    """
    first = date.fromisoformat(f"{month}-01")
    return (first + timedelta(31)).replace(day=1) - timedelta(1)


def month_of(moment: Moment, month: str) -> Month:
    """Return the month as recorded by the moment's day."""
    tasks = {
        s: t
        for s in moment.known.streams.get("task", ())
        if isinstance(t := moment.state(s), Item) and t.cancelled is None
    }
    lines = {stream: moment.line(stream) for stream in tasks}
    asked = burden(moment, month)

    def lit(light: str) -> Callable[[str], bool]:
        return lambda stream: (at := lines[stream].standing) is not None and at.light == light

    def running(stream: str) -> bool:
        at = lines[stream].standing
        return at is not None and not at.ended

    def closed(stream: str) -> bool:
        end = ended(tasks[stream], moment.world)
        return end is not None and f"{end:%Y-%m}" == month

    def issued(stream: str) -> bool:
        return any(o.issued is not None and f"{o.issued.on:%Y-%m}" == month for o in tasks[stream].orders)

    tests = {
        "running": running,
        "closed": closed,
        "overdue": lit("overdue"),
        "near": lit("near"),
        "stale": lit("stale"),
        "orders": issued,
    }
    seqs = {a.unit: moment.known.asks[(month, a.unit)] for a in asked}

    def count(key: str, name: Text, of: Iterable[str], prefix: str) -> Figure:
        return Figure(f"{prefix}.{key}", name, tuple(sorted(s for s in of if tests[key](s))))

    def row(unit: str) -> UnitRow:
        own = [s for s, t in tasks.items() if t.responsible == unit]
        found = [count(key, name, own, f"unit.{unit}") for key, name in COLUMNS if key != "asked"]
        entries = tuple(e.seq for e in seqs.get(unit, ()))
        return UnitRow(
            unit, moment.unit_name(unit), (*found, Figure(f"unit.{unit}.asked", COLUMNS[-1][1], (), entries))
        )

    responsible = sorted({t.responsible for t in tasks.values()} | {a.unit for a in asked})
    figures = [count(key, name, tasks, "all") for key, name in COLUMNS if key != "asked"]
    figures += [
        Figure(f"level.{level}", name, tuple(sorted(s for s in tasks if _stands(tasks[s], level, month))))
        for level, name in LEVELS
    ]
    figures.append(Figure("all.asked", COLUMNS[-1][1], (), tuple(sorted({e.seq for a in asked for e in seqs[a.unit]}))))
    figures += [_unreported(moment), _actions(moment)]
    late = sorted(
        (lines[s] for s in tasks if tests["overdue"](s)),
        key=lambda n: (n.standing.due if n.standing and n.standing.due else date.max, n.stream),
    )
    return Month(
        month,
        moment.day,
        tuple(figures),
        tuple(row(unit) for unit in responsible),
        tuple(late),
        tuple(
            (s, o.level)
            for s in sorted(tasks)
            for o in tasks[s].orders
            if o.issued is not None and f"{o.issued.on:%Y-%m}" == month
        ),
        asked,
    )


def _stands(item: Item, level: str, month: str) -> bool:
    """Return whether the last order on a task is of a level and was issued in a month."""
    order = last_issued(item)
    return (
        order is not None and order.issued is not None and order.level == level and f"{order.issued.on:%Y-%m}" == month
    )


def _unreported(moment: Moment) -> Figure:
    missing = []
    for stream in moment.known.streams.get("period", ()):
        state = moment.state(stream)
        if isinstance(state, Period) and state.open and state.due is not None and state.due < moment.day:
            missing += [f"submission/{state.id}.{unit}" for unit in unreported(state, moment.world)]
    return Figure("all.unreported", Text("逾期未报", "not reported in time"), tuple(sorted(missing)))


def _actions(moment: Moment) -> Figure:
    late = []
    for stream in moment.known.streams.get("body", ()):
        state = moment.state(stream)
        if isinstance(state, Body):
            late += [f"{stream}#{found.action.number}" for found in overdue(state, moment.world)]
    return Figure("all.actions", Text("会议议定事项逾期", "meeting actions overdue"), tuple(sorted(late)))
