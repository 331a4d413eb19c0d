"""The fifteen rules in openfisca-core, vectorised: ``python bench/judge/peer_openfisca.py FILE``, FILE of applications.py.

One entity, a variable for every fact and every rule, whole columns at once, twice over:

* ``openfisca_whole`` does the whole work: its formulas (``fisca_whole.py``) are ours, and bring the three values along,
* ``openfisca`` gives its worst outcome only, as rules are usually written there. It knows no unknown: a fact that is not
  given is 0, False or, for a choice, the default member; here words have a member for "not given" that matches no rule. A
  number that is missing reads as 0 and rules fire on it (nothing invested, at the river).

Words go in as numbers, because its strings are objects; the list is looked up inside, by spans.
"""

import importlib.util
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import fisca_whole
import numpy as np
import polars as pl
from applications import negative_list
from facts import (
    ACTIONS,
    ADVANCED,
    CHEMICAL,
    COUNTIES,
    HEAVY,
    INDUSTRIES,
    INTENSITY,
    KINDS,
    LARGE,
    LIGHT,
    OUTCOMES,
    RESTRICTED,
    RULES,
    SMALL,
    STRICT,
)
from fisca_whole import NUMBERS, TRUTHS, WORDS, Column, Facts, Formula
from listed import PLACES, listed_days
from peers import Peer, Whole, beside, beside_whole

MOVE, NEW = ACTIONS.index("move"), ACTIONS.index("new")
NOT_GIVEN = len(ACTIONS)


def _mask(words: tuple[str, ...], prefixes: tuple[str, ...]) -> Column:
    return np.array([*(word.startswith(prefixes) for word in words), False])


def formulas(negative: pl.DataFrame) -> dict[str, Formula]:
    """Return the formula of every rule over the facts."""
    groups = {name: _mask(INDUSTRIES, p) for name, p in (("chemical", CHEMICAL), ("heavy", HEAVY), ("light", LIGHT))}
    groups |= {"advanced": _mask(INDUSTRIES, ADVANCED), "restricted": _mask(INDUSTRIES, RESTRICTED)}
    strict = _mask(COUNTIES, STRICT)
    spans = [(b.to_numpy(), e.to_numpy()) for b, e in listed_days(negative).sure]

    def stays(f: Facts) -> Column:
        return (f("action") != MOVE) & (f("action") != NOT_GIVEN)

    def near(f: Facts, line: int) -> Column:
        return f("river_m") + f("tolerance_m") <= line

    def thin(f: Facts, group: str) -> Column:
        return groups[group][f("industry")] & (f("area") > 0) & (f("invest") < INTENSITY[group] * f("area"))

    def chemical(f: Facts, kind: str) -> Column:
        return (f("kind") == KINDS.index(kind)) & groups["chemical"][f("industry")] & near(f, 1000) & stays(f)

    def on_list(f: Facts) -> Column:
        pair, day = f("industry") * PLACES + f("county"), f("applied_on")
        found = np.zeros(len(pair), dtype=bool)
        for begin, end in spans:
            found |= (day >= begin[pair]) & (day < end[pair])
        return found

    return {
        "land_rate": lambda f: (5 * f("land_supplied") < 3 * f("land_approved")) & (f("land_approved") > 0) & stays(f),
        "chemical_park_1km": lambda f: chemical(f, "park"),
        "chemical_project_1km": lambda f: chemical(f, "project"),
        "tailings_3km": lambda f: (f("kind") == KINDS.index("tailings")) & near(f, 3000) & stays(f),
        "restricted_industry": lambda f: groups["restricted"][f("industry")] & ~f("replacement_in_park"),
        "negative_list": on_list,
        "eco_red_line": lambda f: f("in_eco_red_line") & stays(f),
        "eco_listed_action": lambda f: f("in_eco_red_line") & (f("action") == MOVE),
        "intensity_heavy": lambda f: thin(f, "heavy"),
        "intensity_light": lambda f: thin(f, "light"),
        "intensity_advanced": lambda f: thin(f, "advanced"),
        "small_in_park": lambda f: (f("invest") < SMALL) & f("in_park"),
        "strict_outside_park": lambda f: strict[f("county")] & ~f("in_park"),
        "large_new_land": lambda f: (f("area") > LARGE) & (f("action") == NEW),
        "replacement_in_park": lambda f: (f("action") == MOVE) & f("in_park"),
    }


def _worst(f: Facts) -> Column:
    levels = [f(rule) * np.int8(OUTCOMES.index(outcome)) for rule, outcome in RULES]
    return np.max(levels, axis=0).astype(np.int32)


def system(inputs: Mapping[str, tuple[type, object]], asked: Mapping[str, tuple[type, object, Formula]]) -> Any:
    """Return the tax and benefit system, as it is called there: facts with their defaults, and formulas with theirs."""
    from openfisca_core.entities import Entity  # type: ignore[import-not-found]  # in no lock
    from openfisca_core.periods import DateUnit  # type: ignore[import-not-found]  # in no lock
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-not-found]  # in no lock
    from openfisca_core.variables import Variable  # type: ignore[import-not-found]  # in no lock

    entity = Entity("application", "applications", "a siting application", "")
    made = TaxBenefitSystem([entity])

    def add(name: str, kind: type, default: object, formula: Formula | None) -> None:
        body: dict[str, Any] = {
            "value_type": kind,
            "entity": entity,
            "definition_period": DateUnit.YEAR,
            "default_value": default,
            "label": name,
        }
        if formula is not None:
            rule = formula
            body["formula"] = lambda population, period: rule(lambda fact: population(fact, period))
        made.add_variable(type(name, (Variable,), body))

    for name, (kind, default) in inputs.items():
        add(name, kind, default, None)
    for name, (kind, default, formula) in asked.items():
        add(name, kind, default, formula)
    return made


def _simulated(made: Any, table: pl.DataFrame, wanted: Sequence[str]) -> dict[str, Column]:
    """Return the columns that are asked for, over a table of facts."""
    from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-not-found]  # in no lock

    simulation = SimulationBuilder().build_default_simulation(made, len(table))
    for name in table.columns:
        simulation.set_input(name, "2026", table[name].to_numpy())
    return {name: simulation.calculate(name, "2026") for name in wanted}


def openfisca(frame: pl.DataFrame, negative: pl.DataFrame) -> Peer | None:
    """Return the worst outcomes of openfisca-core and the seconds they took, None where it is not installed."""
    if importlib.util.find_spec("openfisca_core") is None:
        return None
    start, busy = time.perf_counter(), time.process_time()
    columns = {
        **{n: pl.col(n).cast(pl.Enum(w)).to_physical().cast(pl.Int32).fill_null(len(w)) for n, w in WORDS.items()},
        **{n: pl.col(n).to_physical().cast(pl.Int32).fill_null(0) for n in NUMBERS},
        **{n: pl.col(n).fill_null(False) for n in TRUTHS},
    }
    inputs: dict[str, tuple[type, object]] = {n: (int, len(w)) for n, w in WORDS.items()}
    inputs |= dict.fromkeys(NUMBERS, (int, 0)) | dict.fromkeys(TRUTHS, (bool, False))
    asked: dict[str, tuple[type, object, Formula]] = {n: (bool, False, f) for n, f in formulas(negative).items()}
    made = system(inputs, {**asked, "level": (int, 0, _worst)})
    levels = _simulated(made, frame.select(**columns), ("level",))["level"]
    return Peer("openfisca-core", pl.Series(levels), time.perf_counter() - start, time.process_time() - busy)


def openfisca_whole(frame: pl.DataFrame, negative: pl.DataFrame) -> Whole | None:
    """Return the whole work done by openfisca-core, None where it is not installed."""
    if importlib.util.find_spec("openfisca_core") is None:
        return None
    start, busy = time.perf_counter(), time.process_time()
    inputs: dict[str, tuple[type, object]] = {n: (int, len(w)) for n, w in WORDS.items()}
    inputs |= dict.fromkeys(NUMBERS, (int, -1)) | dict.fromkeys(TRUTHS, (bool, False))
    inputs |= dict.fromkeys([f"{n}_may" for n in TRUTHS], (bool, True))
    asked: dict[str, tuple[type, object, Formula]] = {
        n: (bool, False, f) for n, f in fisca_whole.truths(negative).items()
    }
    asked |= {n: (int, fisca_whole.GIVEN[n], f) for n, f in fisca_whole.numbers().items()}
    found = _simulated(system(inputs, asked), frame.select(**fisca_whole.columns()), tuple(fisca_whole.GIVEN))
    spent, used = time.perf_counter() - start, time.process_time() - busy
    return Whole("openfisca-core", pl.DataFrame(found), spent, used)


if __name__ == "__main__":
    both = pl.read_parquet(Path(sys.argv[1])), negative_list()
    beside_whole(openfisca_whole(*both), *both, "in formulas of ours")
    beside(openfisca(*both), *both, "as rules are written there")
