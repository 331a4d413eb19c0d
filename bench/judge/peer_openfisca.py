"""The fifteen rules in openfisca-core, vectorised: ``python bench/judge/peer_openfisca.py FILE``, FILE of applications.py.

One entity, a variable for every fact and every rule, whole columns at once. It knows no unknown: a fact that is not given
is 0, False or, for a choice, the default member; here industry, county, action and kind have a member for "not given" that
matches no rule, numbers are 0. A number that is missing then reads as 0 and rules fire on it (nothing invested, at the
river). Industry and county go in as numbers, because its strings are objects; the list is looked up inside, by spans.
"""

import importlib.util
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

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
from listed import PLACES, listed_days
from peers import Peer, beside

Column = Any
"""A numpy array of the column's kind."""
NUMBERS = ("invest", "area", "river_m", "tolerance_m", "land_approved", "land_supplied", "applied_on")
TRUTHS = ("in_eco_red_line", "in_park")
WORDS = {"industry": INDUSTRIES, "county": COUNTIES, "action": ACTIONS, "kind": KINDS}
MOVE, NEW = ACTIONS.index("move"), ACTIONS.index("new")
NOT_GIVEN = len(ACTIONS)


def _mask(words: tuple[str, ...], prefixes: tuple[str, ...]) -> Column:
    return np.array([*(word.startswith(prefixes) for word in words), False])


def formulas(negative: pl.DataFrame) -> dict[str, Callable[[Callable[[str], Column]], Column]]:
    """Return the formula of every rule over the facts."""
    groups = {name: _mask(INDUSTRIES, p) for name, p in (("chemical", CHEMICAL), ("heavy", HEAVY), ("light", LIGHT))}
    groups |= {"advanced": _mask(INDUSTRIES, ADVANCED), "restricted": _mask(INDUSTRIES, RESTRICTED)}
    strict = _mask(COUNTIES, STRICT)
    spans = [(b.to_numpy(), e.to_numpy()) for b, e in listed_days(negative).sure]

    def stays(f: Callable[[str], Column]) -> Column:
        return (f("action") != MOVE) & (f("action") != NOT_GIVEN)

    def near(f: Callable[[str], Column], line: int) -> Column:
        return f("river_m") + f("tolerance_m") <= line

    def thin(f: Callable[[str], Column], group: str) -> Column:
        return groups[group][f("industry")] & (f("area") > 0) & (f("invest") < INTENSITY[group] * f("area"))

    def chemical(f: Callable[[str], Column], kind: str) -> Column:
        return (f("kind") == KINDS.index(kind)) & groups["chemical"][f("industry")] & near(f, 1000) & stays(f)

    def on_list(f: Callable[[str], Column]) -> Column:
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


def _worst(f: Callable[[str], Column]) -> Column:
    levels = [f(rule) * np.int8(OUTCOMES.index(outcome)) for rule, outcome in RULES]
    return np.max(levels, axis=0).astype(np.int32)


def system(negative: pl.DataFrame) -> Any:
    """Return the tax and benefit system, as it is called there."""
    from openfisca_core.entities import Entity  # type: ignore[import-not-found]  # in no lock
    from openfisca_core.periods import DateUnit  # type: ignore[import-not-found]  # in no lock
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem  # type: ignore[import-not-found]  # in no lock
    from openfisca_core.variables import Variable  # type: ignore[import-not-found]  # in no lock

    entity = Entity("application", "applications", "a siting application", "")
    made = TaxBenefitSystem([entity])

    def add(
        name: str, kind: type, default: object, formula: Callable[[Callable[[str], Column]], Column] | None
    ) -> None:
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

    for name, words in WORDS.items():
        add(name, int, len(words), None)
    for name in NUMBERS:
        add(name, int, 0, None)
    for name in TRUTHS:
        add(name, bool, False, None)
    for name, formula in formulas(negative).items():
        add(name, bool, False, formula)
    add("level", int, 0, _worst)
    return made


def openfisca(frame: pl.DataFrame, negative: pl.DataFrame) -> Peer | None:
    """Return the verdicts of openfisca-core and the seconds they took, None where it is not installed."""
    if importlib.util.find_spec("openfisca_core") is None:
        return None
    from openfisca_core.simulations import SimulationBuilder  # type: ignore[import-not-found]  # in no lock

    start = time.perf_counter()
    columns = {
        **{n: pl.col(n).cast(pl.Enum(w)).to_physical().cast(pl.Int32).fill_null(len(w)) for n, w in WORDS.items()},
        **{n: pl.col(n).to_physical().cast(pl.Int32).fill_null(0) for n in NUMBERS},
        **{n: pl.col(n).fill_null(False) for n in TRUTHS},
    }
    table = frame.select(**columns)
    simulation = SimulationBuilder().build_default_simulation(system(negative), len(frame))
    for name in table.columns:
        simulation.set_input(name, "2026", table[name].to_numpy())
    levels = simulation.calculate("level", "2026").tolist()
    return Peer("openfisca-core", levels, time.perf_counter() - start)


if __name__ == "__main__":
    beside(openfisca, "openfisca-core", pl.read_parquet(Path(sys.argv[1])), negative_list())
