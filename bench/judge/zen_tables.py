"""The whole work in zen-engine as its decision tables: rules and list by table, a row at a time, as such engines are used.

Facts by expressions, then four tables: the list where it surely holds and where it may (1,740 rows each, the first that
matches; the second is asked only where a key or the day is not given), the rules where they surely fire and where they may
(every row that matches). It takes each question for itself: its best outcome is a bound where a fact is read with both signs.
"""

from itertools import pairwise
from typing import Any

import polars as pl
from facts import ALL, FACTS, OUTCOMES, RULES, STRICT
from fisca_whole import GROUPS
from zen_whole import HELD, KEY_OPEN, NO_INDUSTRY, STEPS, not_given, numbered

LIST = ("place", "code", "applied_on")
"""The columns of the list: the one that tells most rows apart comes first."""
BY_WORD = {
    "g = groups[industry]": "g = {"
    + ", ".join(f"{g}: code != '' and code[0:{len(p[0]) - 1}] in {list(p)}" for g, p in GROUPS.items())
    + "}",
    "m = groups_may[industry]": f"m = industry == {NO_INDUSTRY} ? {{{', '.join(f'{g}: true' for g in GROUPS)}}} : g",
    "strict = strict_at[county]": f"strict = place in {list(STRICT)}",
}
"""What the batch looks up in tables beside the rows, asked of the words themselves."""
LOOKED_UP = ("pair =", "spans =", "listed =", "listed_may =")
Node = dict[str, Any]


def _node(name: str, kind: str, content: object = None) -> Node:
    return {"id": name, "type": kind, "name": name, **({} if content is None else {"content": content})}


def _table(inputs: tuple[str, ...], rows: list[dict[str, str]], policy: str, path: str) -> dict[str, Any]:
    return {
        "hitPolicy": policy,
        "inputs": [{"id": f, "name": f, "field": f} for f in inputs],
        "outputs": [{"id": "hit", "name": "hit", "field": "hit"}],
        "rules": [{"_id": f"row{n}", **row} for n, row in enumerate(rows)],
        "outputPath": path,
        "passThrough": True,
    }


def _listed(negative: pl.DataFrame, open_: bool) -> list[dict[str, str]]:
    """Return the rows of the list; ``open_``: a key or a day that is not given matches too."""
    rows = []
    for industry, county, begins, ends in negative.select(
        "industry", "county", pl.col("valid_from").to_physical(), pl.col("valid_to").to_physical()
    ).rows():
        days = f"[{begins}..{1_000_000 if ends is None else ends}]"
        beginning = f"startsWith($, '{industry}')"
        rows.append(
            {
                "place": "" if county == ALL else f"'{county}', ''" if open_ else f"'{county}'",
                "code": f"$ == '' or {beginning}" if open_ else beginning,
                "applied_on": f"{days}, -1" if open_ else days,
                "hit": "true",
            }
        )
    return rows


def _rules(sort: int) -> tuple[list[str], dict[str, Any]]:
    """Return the conditions of the rules, and the table that marks which of them each rule needs; 0 surely, 1 perhaps."""
    needs = {rule: HELD[rule][sort].split(" and ") for rule, _ in RULES}
    columns = list(dict.fromkeys(condition for parts in needs.values() for condition in parts))
    fields = tuple(f"f.{_name(sort, columns.index(c))}" for c in columns)
    rows = []
    for bit, (rule, outcome) in enumerate(RULES):
        cells = {field: "true" if c in needs[rule] else "" for field, c in zip(fields, columns, strict=True)}
        rows.append({**cells, "hit": f"{{level: {OUTCOMES.index(outcome)}, bit: {1 << bit}}}"})
    return columns, _table(fields, rows, "collect", ("sure", "perhaps")[sort])


def _name(sort: int, place: int) -> str:
    return f"{'sm'[sort]}{place}"


def graph(negative: pl.DataFrame) -> dict[str, Any]:
    """Return the decision graph; its answer is verdict, best, worst, fired, missing as ``zen_whole`` gives them."""
    surely, sure = _rules(0)
    perhaps, may = _rules(1)
    made = [f"{_name(sort, i)}: {c}" for sort, columns in ((0, surely), (1, perhaps)) for i, c in enumerate(columns)]
    held = ["listed = in_force != null", "listed_may = listed or maybe_in_force != null"]
    steps = [
        *(BY_WORD.get(step, step) for step in STEPS if not step.startswith(LOOKED_UP)),
        *held,
        f"{{{', '.join(made)}}}",
    ]
    lacking = " + ".join(f"({not_given(fact)} ? {1 << i} : 0)" for i, fact in enumerate(FACTS))
    told = {
        "best": "len(sure) == 0 ? 0 : max(map(sure, #.hit.level))",
        "worst": "len(perhaps) == 0 ? 0 : max(map(perhaps, #.hit.level))",
        "verdict": "$.best == $.worst ? $.best : -1",
        "fired": "len(sure) == 0 ? 0 : sum(map(sure, #.hit.bit))",
        "missing": lacking,
    }
    nodes = [
        _node("in", "inputNode"),
        _node("list", "decisionTableNode", _table(LIST, _listed(negative, False), "first", "in_force")),
        _node(
            "open",
            "switchNode",
            {"hitPolicy": "first", "statements": [{"id": "yes", "condition": KEY_OPEN}, {"id": "no", "condition": ""}]},
        ),
        _node("open_list", "decisionTableNode", _table(LIST, _listed(negative, True), "first", "maybe_in_force")),
        _node(
            "facts",
            "expressionNode",
            {"passThrough": True, "expressions": [{"id": "f", "key": "f", "value": "; ".join(steps)}]},
        ),
        _node("sure", "decisionTableNode", sure),
        _node("may", "decisionTableNode", may),
        _node("told", "expressionNode", {"expressions": [{"id": k, "key": k, "value": v} for k, v in told.items()]}),
        _node("out", "outputNode"),
    ]
    edges = [*pairwise(("in", "list", "open")), *pairwise(("facts", "sure", "may", "told", "out"))]
    drawn = [
        {"id": f"{a}-{b}", "sourceId": a, "targetId": b, "type": "edge"} for a, b in [*edges, ("open_list", "facts")]
    ]
    for handle, target in (("yes", "open_list"), ("no", "facts")):
        drawn.append({"id": handle, "sourceId": "open", "sourceHandle": handle, "targetId": target, "type": "edge"})
    return {"nodes": nodes, "edges": drawn}


def rows_of(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """Return the applications as the graph takes them: facts as numbers, and the two words of the list."""
    words = frame.select(pl.col("industry").fill_null("").alias("code"), pl.col("county").fill_null("").alias("place"))
    return numbered(frame).hstack(words).to_dicts()
