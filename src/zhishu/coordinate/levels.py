"""The units above a unit, lowest first: who approves what it reports, and who stands at the top."""

from datetime import date

from zhishu.coordinate.units import Unit
from zhishu.coordinate.world import World


def units_above(unit: str, world: World) -> tuple[Unit, ...]:
    """Return every recorded unit above a unit, nearest first, also those that have ended; a circle stops."""
    found: list[Unit] = []
    seen = {unit}
    here = world.of(f"unit/{unit}")
    while isinstance(here, Unit) and here.above and here.above not in seen:
        seen.add(here.above)
        here = world.of(f"unit/{here.above}")
        if isinstance(here, Unit):
            found.append(here)
    return tuple(found)


def levels(unit: str, world: World, on: date | None = None) -> tuple[str, ...]:
    """Return the units that approve what a unit reports, nearest first, as they exist on a day (else today).

    Nobody stands in for a unit that has ended: it is passed over.
    """
    day = world.today if on is None else on
    return tuple(u.id for u in units_above(unit, world) if u.exists(day))
