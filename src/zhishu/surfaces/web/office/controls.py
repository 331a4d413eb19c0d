"""The controls of an act's form: each field with its choices, what was typed, and how it is asked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.units import Unit
from zhishu.office.moment import Moment
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Control:
    """One field as a page asks for it; ``options`` where one chooses."""

    field: Field
    values: tuple[str, ...]
    options: tuple[tuple[str, Text], ...]


def controls(act: Act, moment: Moment, given: Mapping[str, Sequence[str]]) -> tuple[Control, ...]:
    """Return the controls of an act, filled in with what was given."""
    return tuple(Control(f, tuple(given.get(f.id, ())), _options(f, moment)) for f in act.fields)


def _options(field: Field, moment: Moment) -> tuple[tuple[str, Text], ...]:
    if field.type == "choice" or field.choices:
        return field.choices
    if field.type in ("unit", "units"):
        streams = moment.known.streams.get("unit", ())
        units = [u for s in streams if isinstance(u := moment.state(s), Unit) and u.exists(moment.day)]
        return tuple((u.id, u.name) for u in sorted(units, key=lambda u: u.name.zh))
    if field.type == "region":
        regions = moment.world.regions
        levels = ("province", "prefecture", "county")
        return tuple((r.code, r.name) for level in levels for r in regions.level(level, moment.day))
    return ()
