"""Intake of a user's table of figures: all rows or none, every problem with its cell, every guess told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from zhishu.data.intake_cells import Cells, Change
from zhishu.data.intake_row import RowReader
from zhishu.data.intake_table import rows
from zhishu.data.observation import Observation
from zhishu.data.panel import Panel
from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.sheets.delimited import characters
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

_Key = tuple[str, str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class IntakeReport:
    """What became of the rows of a table.

    ``read`` is ``sound + no_figure + repeated + held + refused``; ``accepted`` is ``sound``, or none at all
    if any row is refused. ``held`` rows say what is known already; ``assumed`` ones have no published date.
    """

    read: int
    sound: int
    accepted: int
    no_figure: int
    repeated: int
    held: int
    refused: int
    assumed: int
    normalised: tuple[Change, ...]

    def say(self, added: bool) -> tuple[Text, ...]:
        """Return the report in words, the outcome first; ``added`` says whether the table was taken in."""
        if self.refused:
            outcome = Text(
                f"未加入：{self.refused} 行有误，一行也不采用",
                f"not added: {self.refused} rows are wrong, so none is used",
            )
        elif added:
            outcome = Text(f"已加入 {self.accepted} 个数", f"{self.accepted} figures added")
        elif self.accepted:
            outcome = Text(f"可加入 {self.accepted} 个数", f"{self.accepted} figures can be added")
        else:
            outcome = Text("没有新的数", "nothing new")
        counts = Text(
            f"读 {self.read} 行：合规 {self.sound}，无数 {self.no_figure}，重复 {self.repeated}，已有 {self.held}，有误 {self.refused}",
            f"{self.read} rows: {self.sound} sound, {self.no_figure} without a figure, {self.repeated} repeated, "
            f"{self.held} held already, {self.refused} wrong",
        )
        if not self.assumed:
            return outcome, counts
        dated = Text(
            f"{self.assumed} 个数没有发布日期，按推定日期计",
            f"{self.assumed} without a published date, dated by assumption",
        )
        return outcome, counts, dated


@dataclass(frozen=True, slots=True)
class Intake:
    """The observations of a table, none if any problem is an error, with problems and report."""

    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]
    report: IntakeReport

    def to_json(self) -> dict[str, object]:
        """Return the contract form of the report."""
        r = self.report
        return {
            "read": r.read,
            "accepted": r.accepted,
            "no_figure": r.no_figure,
            "repeated": r.repeated,
            "held": r.held,
            "refused": r.refused,
            "assumed_dates": r.assumed,
            "normalised": [{"where": c.where, "before": c.before, "after": c.after} for c in r.normalised],
            "problems": [p.to_json() for p in self.problems],
        }


def intake(
    data: bytes, file: str, regions: Regions, series: Mapping[str, Series], today: date, held: Panel | None = None
) -> Intake:
    """Return what a CSV file of tidy observations (columns in ``COLUMNS``) adds to the figures held.

    UTF-8, UTF-16, GBK and GB18030 give the same rows. A row without a published date counts as known
    from its ``earliest`` date, else from 1 March of the next year, and never later than ``today``.
    """
    try:
        table = list(rows(characters(data, file), file))
    except ZhishuError as error:
        return Intake((), error.problems, IntakeReport(0, 0, 0, 0, 0, 0, 0, 0, ()))
    known = {_key(o): o for o in held.observations} if held is not None else {}
    reader = RowReader(regions, series, today)
    first: dict[_Key, Observation] = {}
    problems: list[Problem] = []
    changes: list[Change] = []
    empty = repeated = same = refused = 0
    for cells in table:
        found = reader.observation(cells)
        if found is not None:
            key = _key(found)
            if key in first and _repeats(cells, found, first[key]):
                repeated += 1
            elif key not in first:
                first[key] = found
                if key in known and _held_already(cells, found, known[key]):
                    same += 1
        if any(p.severity == "error" for p in cells.problems):
            refused += 1
        elif found is None:
            empty += 1
        problems += cells.problems
        changes += cells.changes
    accepted = () if refused else tuple(o for k, o in sorted(first.items()) if k not in known)
    return Intake(
        accepted,
        tuple(problems),
        IntakeReport(
            len(table),
            len(table) - empty - repeated - same - refused,
            len(accepted),
            empty,
            repeated,
            same,
            refused,
            sum(o.assumed for o in accepted),
            tuple(changes),
        ),
    )


def _key(o: Observation) -> _Key:
    return (o.region, o.period, o.series, o.run, o.status, o.source, str(o.published or ""))


def _repeats(cells: Cells, new: Observation, old: Observation) -> bool:
    """Note a row that stands twice: a warning if the values agree (then true), else an error."""
    if new.value == old.value:
        what = Text(f"与 {old.ref} 相同", f"the same as {old.ref}")
        cells.bad("value", "intake-repeated", what, Text("只计一次", "counted once"), "warning")
        return True
    what = Text(f"与 {old.ref} 是同一个数，值不同", f"the same figure as {old.ref} with another value")
    repair = Text("删去一行；若是修订数，写发布日期", "remove one; if it is a revision, give its published date")
    cells.bad("value", "intake-duplicate", what, repair)
    return False


def _held_already(cells: Cells, new: Observation, old: Observation) -> bool:
    """Return whether the figure held is the same; another value without a new date is an error."""
    if new.value == old.value:
        return True
    what = Text(f"已有的数（{old.ref}）值不同", f"the figure held ({old.ref}) has another value")
    repair = Text("若是修订数，写发布日期", "if it is a revision, give its published date")
    cells.bad("value", "intake-held-differs", what, repair)
    return False
