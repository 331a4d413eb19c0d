"""The fifteen rules in zen-engine: ``python bench/judge/peer_zen.py FILE``, where FILE is of applications.py.

Four ways. ``zen_whole`` and ``zen_tables`` do the whole work. ``zen`` and ``zen_by_row`` give its worst outcome only: a
graph of three nodes: facts by expressions, the rules as a decision table that collects every row that matches, the worst
of them by an expression. There a comparison with a missing fact is an error there ("Unsupported type"), and a row would get no
answer; facts are guarded so that a rule with a missing fact does not match. It then gives a verdict without saying that it
may be worse, and the negative list is looked up outside, in Polars and not timed. No way is charged for making its rows ready.
"""

import importlib.util
import sys
import time
from itertools import pairwise
from pathlib import Path
from typing import Any

import polars as pl
import zen_tables as tables
import zen_whole as whole
from applications import negative_list
from by_hand import with_facts
from facts import ADVANCED, CHEMICAL, HEAVY, INTENSITY, LARGE, LIGHT, OUTCOMES, RESTRICTED, RULES, SMALL, STRICT
from peers import ASKED, Peer, Whole, beside, beside_whole

NAME = "zen-engine"

FACTS = {
    "division": "industry == null ? '' : industry[0:1]",
    "restricted": f"industry != null and (industry[0:2] in {list(RESTRICTED)})",
    "strict": f"county != null and (county in {list(STRICT)})",
    "located": "river_m != null and tolerance_m != null",
    "near_1": "$.located and river_m + tolerance_m <= 1000",
    "near_3": "$.located and river_m + tolerance_m <= 3000",
    "slow": "land_approved != null and land_supplied != null and land_approved > 0 and 5 * land_supplied < 3 * land_approved",
    "intensity": "invest != null and area != null and area > 0 ? invest / area : 1000000",
    "small": f"invest != null and invest < {SMALL}",
    "large": f"area != null and area > {LARGE}",
    "action": "action == null ? '' : action",
    "kind": "kind == null ? '' : kind",
    "inside": "in_park == true",
    "outside": "in_park == false",
    "eco": "in_eco_red_line == true",
    "listed": "listed == true",
}
STAYS = "'new', 'expand'"


def _of(words: tuple[str, ...]) -> str:
    return ", ".join(f"'{word}'" for word in words)


CELLS: dict[str, dict[str, str]] = {
    "land_rate": {"slow": "true", "action": STAYS},
    "chemical_park_1km": {"kind": "'park'", "division": _of(CHEMICAL), "near_1": "true", "action": STAYS},
    "chemical_project_1km": {"kind": "'project'", "division": _of(CHEMICAL), "near_1": "true", "action": STAYS},
    "tailings_3km": {"kind": "'tailings'", "near_3": "true", "action": STAYS},
    # an override is an exception there: two rows, one of which matches where the action is no move into a park
    "restricted_industry": {"restricted": "true", "action": STAYS},
    "negative_list": {"listed": "true"},
    "eco_red_line": {"eco": "true", "action": STAYS},
    "eco_listed_action": {"eco": "true", "action": "'move'"},
    "intensity_heavy": {"division": _of(HEAVY), "intensity": f"< {INTENSITY['heavy']}"},
    "intensity_light": {"division": _of(LIGHT), "intensity": f"< {INTENSITY['light']}"},
    "intensity_advanced": {"division": _of(ADVANCED), "intensity": f"< {INTENSITY['advanced']}"},
    "small_in_park": {"small": "true", "inside": "true"},
    "strict_outside_park": {"strict": "true", "outside": "true"},
    "large_new_land": {"large": "true", "action": "'new'"},
    "replacement_in_park": {"action": "'move'", "inside": "true"},
}


def graph() -> dict[str, Any]:
    """Return the decision graph."""
    fields = list(dict.fromkeys(field for cells in CELLS.values() for field in cells))
    outcome = dict(RULES)
    written = [*CELLS.items(), ("restricted_industry", {"restricted": "true", "outside": "true"})]
    rows = [
        {"_id": f"row{n}", "level": str(OUTCOMES.index(outcome[rule])), **{f: cells.get(f, "") for f in fields}}
        for n, (rule, cells) in enumerate(written)
    ]
    table = {
        "hitPolicy": "collect",
        "inputs": [{"id": f, "name": f, "field": f} for f in fields],
        "outputs": [{"id": "level", "name": "level", "field": "level"}],
        "rules": rows,
        "outputPath": "hits",
    }
    facts = [{"id": f"e{n}", "key": key, "value": value} for n, (key, value) in enumerate(FACTS.items())]
    last = [{"id": "w", "key": "level", "value": "len(hits) == 0 ? 0 : max(map(hits, #.level))"}]
    nodes: list[dict[str, Any]] = [
        {"id": "in", "type": "inputNode", "name": "in"},
        {"id": "facts", "type": "expressionNode", "name": "facts", "content": {"expressions": facts}},
        {"id": "rules", "type": "decisionTableNode", "name": "rules", "content": table},
        {"id": "worst", "type": "expressionNode", "name": "worst", "content": {"expressions": last}},
        {"id": "out", "type": "outputNode", "name": "out"},
    ]
    steps = [node["id"] for node in nodes]
    edges = [{"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in pairwise(steps)]
    return {"nodes": nodes, "edges": edges}


def rows_of(frame: pl.DataFrame, negative: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the applications as zen-engine takes them, the list looked up beforehand."""
    listed = with_facts(frame.lazy(), negative).select("listed").collect()["listed"]
    return frame.with_columns(listed, pl.col("applied_on").cast(pl.String)).to_dicts()


def _engine(content: dict[str, Any]) -> Any:
    """Return the engine with a graph loaded once."""
    from zen import ZenEngine  # type: ignore[import-not-found]  # in no lock

    return ZenEngine({"loader": {"type": "static", "content": {"siting": content}}})


def installed() -> bool:
    """Return whether zen-engine is."""
    return importlib.util.find_spec("zen") is not None


def zen(frame: pl.DataFrame, negative: pl.DataFrame) -> Peer | None:
    """Return the worst outcomes of zen-engine in one batch and the seconds they took, None where it is not installed."""
    if not installed():
        return None
    rows, engine = rows_of(frame, negative), _engine(graph())
    start, busy = time.perf_counter(), time.process_time()
    told = engine.evaluate_batch([{"key": "siting", "context": row} for row in rows])
    spent, used = time.perf_counter() - start, time.process_time() - busy
    return Peer(NAME, pl.Series([int(one["data"]["result"]["level"]) for one in told]), spent, used)


def zen_by_row(frame: pl.DataFrame, negative: pl.DataFrame) -> Peer | None:
    """Return the same by a call of ``evaluate`` for each row."""
    if not installed():
        return None
    rows, engine = rows_of(frame, negative), _engine(graph())
    start, busy = time.perf_counter(), time.process_time()
    told = [engine.evaluate("siting", row) for row in rows]
    spent, used = time.perf_counter() - start, time.process_time() - busy
    return Peer(NAME, pl.Series([int(one["result"]["level"]) for one in told]), spent, used)


def zen_whole(frame: pl.DataFrame, negative: pl.DataFrame) -> Whole | None:
    """Return the whole work in the fastest way we found: one compiled expression over all rows (``zen_whole.py``)."""
    if not installed():
        return None
    from zen import compile_expression

    made, rows = compile_expression(whole.expression()), whole.batch(frame, negative)
    start, busy = time.perf_counter(), time.process_time()
    told = made.evaluate(rows)
    spent, used = time.perf_counter() - start, time.process_time() - busy
    return Whole(NAME, pl.DataFrame(told, schema=list(ASKED), orient="row"), spent, used)


def zen_tables(frame: pl.DataFrame, negative: pl.DataFrame) -> Whole | None:
    """Return the whole work by its decision tables, a call of ``evaluate`` for each row (``zen_tables.py``)."""
    if not installed():
        return None
    rows, engine = tables.rows_of(frame), _engine(tables.graph(negative))
    start, busy = time.perf_counter(), time.process_time()
    told = [engine.evaluate("siting", row) for row in rows]
    spent, used = time.perf_counter() - start, time.process_time() - busy
    return Whole(NAME, pl.DataFrame([one["result"] for one in told]).select(ASKED), spent, used)


if __name__ == "__main__":
    both = pl.read_parquet(Path(sys.argv[1])), negative_list()
    beside_whole(zen_whole(*both), *both, "in one expression")
    beside_whole(zen_tables(*both), *both, "by its tables")
    beside(zen(*both), *both, "in a batch")
    beside(zen_by_row(*both), *both, "a call a row")
