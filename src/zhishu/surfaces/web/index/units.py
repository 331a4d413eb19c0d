"""Which unit of a table a page looks at, and how the page asks for another."""

from collections.abc import Sequence

from zhishu.surfaces.web.index.made import Made

MOST_LISTED = 300
"""Units that are offered as a list; of more, one is asked for by its name."""


def chosen_unit(made: Made, ranked: Sequence[int]) -> tuple[int, dict[str, object]]:
    """Return the place (from 0) of the unit asked for, and what its field needs; the first ranked where none is.

    A unit is asked for by its number in the table or by its name.
    """
    units = made.sheet.units
    first = ranked[0] if ranked else 0
    unit, missed = made.place("unit", len(units), first + 1) - 1, ""
    if name := made.asked.get("named", "").strip():
        if name in units:
            unit = units.index(name)
        else:
            missed = name[:40]
    listed = list(enumerate(units, 1)) if len(units) <= MOST_LISTED else []
    return unit, {"unit": unit + 1, "unit_name": units[unit], "listed": listed, "missed": missed}
