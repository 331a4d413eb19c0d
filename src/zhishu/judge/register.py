"""Ordered rules over a whole register at once: the same verdicts as ``judge``, on polars and on DuckDB."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import narwhals as nw
from narwhals.typing import IntoFrameT

from zhishu.formula.engine import run_register
from zhishu.formula.evaluate import Value
from zhishu.formula.tree import Node

_RULE = "judge_rule_"


@dataclass(frozen=True, slots=True)
class Rules:
    """Ordered rules (outcome, condition), the outcome if none holds, and the one if facts leave several."""

    ordered: Sequence[tuple[str, Node]]
    otherwise: str
    unknown: str


def judge_register(
    rules: Rules, frame: IntoFrameT, name: str = "verdict", constants: Mapping[str, Value] | None = None
) -> IntoFrameT:
    """Return the table with ``name``, ``name__possible`` (joined by ``|``) and ``name__fired`` (rule position).

    Possible outcomes stand in the order the rules declare them. ``name__fired`` is null where no rule decided.
    The order of rows is the engine's; sort the result. Raises what ``run_register`` does.

    >>> import polars as pl
    >>> from zhishu.formula.parse import parse
    >>> land = pl.DataFrame({"county": ["青神县", "沐川县"], "supplied": [60, 0], "approved": [110, 0]})
    >>> gate = Rules([("suspend", parse("supplied / approved < 0.6"))], "allow", "undetermined")
    >>> judge_register(gate, land).sort("county").select("county", "verdict", "verdict__possible").rows()
    [('沐川县', 'undetermined', 'suspend|allow'), ('青神县', 'suspend', 'suspend')]
    """
    conditions = {f"{_RULE}{i}": node for i, (_, node) in enumerate(rules.ordered)}
    # narwhals cannot say that a frame of either sort comes back as it went in (its issue 3226)
    kept = list(nw.from_native(frame).collect_schema())  # type: ignore[type-var]  # see above
    table = nw.from_native(run_register(conditions, frame, constants))  # type: ignore[type-var]  # see above
    held = [nw.col(c).fill_null(False) for c in conditions]
    reached = [~_any(held[:i]) for i in range(len(held) + 1)]
    ways: dict[str, list[nw.Expr]] = {}
    for i, (outcome, _) in enumerate(rules.ordered):
        ways.setdefault(outcome, []).append(reached[i] & nw.col(f"{_RULE}{i}").fill_null(True))
    ways.setdefault(rules.otherwise, []).append(reached[-1])
    may = {outcome: _any(paths) for outcome, paths in ways.items()}
    verdict = nw.lit(rules.unknown)
    for outcome, possible in may.items():
        alone = possible & ~_any([other for name_, other in may.items() if name_ != outcome])
        verdict = nw.when(alone).then(nw.lit(outcome)).otherwise(verdict)
    words = [nw.when(possible).then(nw.lit(outcome)) for outcome, possible in may.items()]
    listed = nw.concat_str(words, separator="|", ignore_nulls=True)
    fired = nw.lit(None, nw.Int64)
    for i in reversed(range(len(held))):
        fired = nw.when(held[i]).then(nw.lit(i, nw.Int64)).otherwise(fired)
    several = sum((possible.cast(nw.Int64) for possible in may.values()), nw.lit(0, nw.Int64)) > nw.lit(1, nw.Int64)
    fired = nw.when(several).then(nw.lit(None, nw.Int64)).otherwise(fired)
    return table.select(
        *(nw.col(column) for column in kept),
        verdict.alias(name),
        listed.alias(f"{name}__possible"),
        fired.alias(f"{name}__fired"),
    ).to_native()


def _any(terms: Sequence[nw.Expr]) -> nw.Expr:
    found = nw.lit(False)
    for term in terms:
        found = found | term
    return found
