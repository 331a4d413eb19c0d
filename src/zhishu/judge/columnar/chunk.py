"""A rule book over a table in memory: the same verdicts as ``judge_register``, in planes of bits."""

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

import narwhals as nw
import numpy as np
import polars as pl

from zhishu.judge.columnar.kit import PLAIN, Kit
from zhishu.judge.columnar.numbers import plain
from zhishu.judge.columnar.planes import Planes, Words, absent, planes_of, some, unpacked, weighed
from zhishu.judge.columnar.words import Coded, answered
from zhishu.judge.laid import lay_out
from zhishu.judge.register import Plan, asked
from zhishu.judge.ruleset import ATOM

LONG = 200_000
"""A table of so many rows is judged in two halves at once."""


def judge_chunk(plan: Plan, frame: pl.DataFrame, kit: Kit = PLAIN) -> pl.DataFrame:
    """Return the verdict of each row in the order of the rows; columns as ``judge_register`` gives them.

    Raises what ``compile_register`` does.
    """
    if len(frame) < LONG:
        return _judged(plan, frame, kit)
    # rows do not know of each other, and numpy and polars let another thread go on
    half = len(frame) // 2
    with ThreadPoolExecutor(1) as pool:
        rest = pool.submit(_judged, plan, frame[half:], kit)
        return pl.concat([_judged(plan, frame[:half], kit), rest.result()])


def _judged(plan: Plan, frame: pl.DataFrame, kit: Kit) -> pl.DataFrame:
    rules, kinds = plan.rules, dict(frame.schema)
    keys = {m.fact for d in rules.lists.values() if d.entries is not None for m in d.match}
    # a word that few questions ask for, and no list, is compared as it stands
    words = {
        f: a for f, a in plan.answers.items() if kinds.get(f) == pl.String and (f in keys or len(a.atoms) > kit.few)
    }
    asked_of_words = {i for answers in words.values() for i in answers.atoms}
    columns = {f: kit.coded(frame[f].cast(pl.String)) for f in sorted({*words, *keys})}
    missing = {f: absent(frame[f]) for f in plan.facts}
    named: dict[str, Planes[Words]] = {}
    for fact, answers in words.items():
        named |= answered(rules, answers, columns[fact], missing[fact], kit.spread)
    simple = plain(rules, frame, [i for i in range(len(rules.skeleton.atoms)) if i not in asked_of_words])
    found = kit.told(simple, frame, missing) | _lists(plan, frame, columns, kit)
    left = [i for i in range(len(rules.skeleton.atoms)) if i not in asked_of_words and i not in found]
    if left:
        table = asked(nw.from_native(frame.lazy()), rules, left, {})
        rest = table.select(*(nw.col(f"{ATOM}{i}") for i in left)).to_native().collect()
        found |= {i: planes_of(rest[f"{ATOM}{i}"]) for i in left}
    named |= {f"{ATOM}{i}": planes for i, planes in found.items()}
    for fact, whole in plan.units.by_fact.items():
        if fact not in words:
            named |= {name: weighed(node, named, {}) for name, node in whole.items()}
    return _verdicts(plan, frame, named, missing, kit)


def _lists(plan: Plan, frame: pl.DataFrame, columns: Mapping[str, Coded], kit: Kit) -> dict[int, Planes[Words]]:
    found: dict[int, Planes[Words]] = {}
    for i, atom in enumerate(plan.rules.skeleton.atoms):
        dated = None if atom.list is None else plan.rules.lists[atom.list]
        if dated is None or dated.entries is None:
            continue
        laid = plan.laid.get(dated.id) or lay_out(dated, plan.rules.on, {f: c.words for f, c in columns.items()})
        assert laid is not None
        found[i] = kit.listed(laid, columns, None if laid.on is None else frame[laid.on])
    return found


def _verdicts(
    plan: Plan, frame: pl.DataFrame, named: Mapping[str, Planes[Words]], missing: Mapping[str, Words], kit: Kit
) -> pl.DataFrame:
    rows = len(frame)
    found = kit.conclude(plan, named, missing, rows)
    sure = found.best == found.worst
    open_ = (named[f"{ATOM}{i}"] for i in plan.hazards.doubtful)
    loose = [*(missing[f] for f in plan.facts if f in plan.hazards.loose), *(p.may & ~p.sure for p in open_)]
    exact = sure | ~unpacked(some(loose), rows) if loose else np.ones(rows, dtype=bool)
    places = pl.Series("verdict", found.best)
    return pl.DataFrame(
        {
            plan.rules.book.key: frame[plan.rules.book.key],
            "verdict": places.set(~pl.Series(sure), None),
            "best": found.best,
            "worst": found.worst,
            "fired": pl.Series(found.fired).cast(pl.Int64),
            "open": pl.Series(found.open).cast(pl.Int64),
            "missing": pl.Series(found.missing).cast(pl.Int64),
            "exact": exact,
        }
    )
