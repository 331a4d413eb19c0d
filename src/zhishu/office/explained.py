"""The figures of a briefing explained as published: what each is, what it counts, and the entries it rests on.

Subjects are not named: whoever may not see one still sees that it was counted, and by which entry of the ledger.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from zhishu.coordinate.world import World
from zhishu.ledger import Entry
from zhishu.office.moment import Moment
from zhishu.office.month import Figure, Month
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Rest:
    """What a subject rested on: how many entries it had, and number and seal of the last of them."""

    entries: int
    seq: int
    seal: str


@dataclass(frozen=True, slots=True)
class Explained:
    """A figure as published. ``unit`` is the unit it is of, none for the whole; ``entries`` are number and seal of what
    it rests on, of each subject the last entry, out of ``recorded`` in all."""

    key: str
    name: Text
    unit: Text | None
    value: int
    definition: Text
    recorded: int
    entries: tuple[tuple[int, str], ...]


def noting(entries: Iterable[Entry], rests: dict[str, Rest]) -> Iterator[Entry]:
    """Yield entries that come subject by subject, and note in ``rests`` what each subject rested on."""
    for entry in entries:
        before = rests.get(entry.fact.stream)
        rests[entry.fact.stream] = Rest(before.entries + 1 if before else 1, entry.seq, entry.seal)
        yield entry


def explain(month: Month, moment: Moment, rests: Mapping[str, Rest]) -> bytes:
    """Return every figure of a month explained, as JSON that comes out the same again from the same entries."""
    asked = {e.seq: e.seal for a in month.burden for e in moment.known.asks[(month.month, a.unit)]}
    known = dict(asked)
    figures: dict[str, object] = {}
    units = {f.key: row.name for row in month.units for f in row.figures}
    for figure in (*month.figures, *(f for row in month.units for f in row.figures)):
        seqs, recorded = _entries(figure, rests, known)
        unit = units.get(figure.key)
        figures[figure.key] = {
            "name": figure.name.to_json(),
            "unit": unit and unit.to_json(),
            "value": figure.value,
            "definition": definition(figure.key, moment.world).to_json(),
            "recorded": recorded,
            "entries": seqs,
        }
    said = {
        "schema": 1,
        "month": month.month,
        "on": month.day.isoformat(),
        "figures": figures,
        "seals": {str(seq): known[seq] for seq in sorted(known)},
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def read_explained(content: bytes) -> Mapping[str, Explained]:
    """Return the figures that ``explain`` wrote, by key, in the order of the month."""
    said = json.loads(content)
    seals = said["seals"]
    return {
        key: Explained(
            key,
            Text(**f["name"]),
            Text(**f["unit"]) if f["unit"] else None,
            f["value"],
            Text(**f["definition"]),
            f["recorded"],
            tuple((seq, seals[str(seq)]) for seq in f["entries"]),
        )
        for key, f in said["figures"].items()
    }


def _entries(figure: Figure, rests: Mapping[str, Rest], known: dict[int, str]) -> tuple[list[int], int]:
    """Return the numbers of the entries a figure rests on, and how many were recorded on what it counts."""
    if figure.seqs:
        return sorted(figure.seqs), len(figure.seqs)
    found = {s: rests[s] for s in map(_resting, figure.streams) if s in rests}
    known.update((r.seq, r.seal) for r in found.values())
    return sorted(r.seq for r in found.values()), sum(r.entries for r in found.values())


def _resting(stream: str) -> str:
    """Return the subject whose entries say what is counted: of a report not handed in, its period."""
    of = stream.partition("#")[0]
    kind, _, id = of.partition("/")
    return f"period/{id.rpartition('.')[0]}" if kind == "submission" else of


def definition(key: str, world: World) -> Text:
    """Return what a figure counts, with the numbers of the office it was counted by."""
    near, stale = world.rules.number("near_days"), world.rules.number("stale_days")
    of = key.rpartition(".")[2]
    if key.startswith("level."):
        return Text(
            "本月签发督办、且最近一次督办为这一等级的任务",
            "tasks whose last order is of this level and was issued in the month",
        )
    return {
        "running": Text("截至数据截止日未办结的任务", "tasks not closed by the day of the figures"),
        "closed": Text("本月登记办结的任务", "tasks whose closing was recorded in the month"),
        "overdue": Text(
            "期限已过仍未办结的任务，依法中止计时的除外",
            "tasks past their deadline and not closed, unless their clock is legally stopped",
        ),
        "near": Text(
            f"期限在 {near} 个工作日之内、未办结的任务", f"tasks not closed that are due within {near} working days"
        ),
        "stale": Text(
            f"未到期、但逾 {stale} 日没有新消息的任务",
            f"tasks in time of which nothing was heard for over {stale} days",
        ),
        "orders": Text("本月签发过督办的任务", "tasks on which an order was issued in the month"),
        "asked": Text(
            "本月向单位要材料、要办理的登记，每条记一次",
            "entries of the month by which something was asked of a unit, each counted once",
        ),
        "unreported": Text(
            "报送截止日已过、仍没有报送的单位次；没有报送不等于零",
            "units that had not reported after the day it was due, by period; no report is not a zero",
        ),
        "actions": Text("期限已过、未确认落实的会议议定事项", "actions agreed in meetings that are past their date"),
    }[of]
