"""What an act may look at beside its own subject: the day, the declarations, and other subjects as they stand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from zhishu.coordinate.calendar import Calendar
from zhishu.coordinate.units import Unit
from zhishu.data.regions import Regions
from zhishu.pack.assessment import Assessment
from zhishu.pack.office import OfficeRules
from zhishu.pack.workflow import Workflow
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class World:
    """The world of one moment; nothing in it can be changed.

    ``of(stream)`` is the state of another subject as far as it is recorded, None where nothing is;
    ``streams(kind)`` are the streams of a kind, sorted; ``profiles`` what forms of figures are called, by their id; ``assessments`` those
    the pack declares.
    """

    today: date
    calendar: Calendar
    rules: OfficeRules
    workflows: Mapping[str, Workflow]
    regions: Regions
    of: Callable[[str], object | None]
    streams: Callable[[str], tuple[str, ...]]
    profiles: Mapping[str, Text] = field(default_factory=dict)
    assessments: Mapping[str, Assessment] = field(default_factory=dict)

    def unit(self, id: str) -> Unit | None:
        """Return a unit as it stands, None where there is none or it does not exist on the day."""
        found = self.of(f"unit/{id}")
        return found if isinstance(found, Unit) and found.exists(self.today) else None

    def unit_name(self, id: str) -> Text:
        """Return the name of a unit, ended or not; its id where none is recorded."""
        found = self.of(f"unit/{id}")
        return found.name if isinstance(found, Unit) and found.name.zh else Text(id, id)

    def profile_name(self, id: str) -> Text:
        """Return what a form of figures is called, its id where the pack no longer has it."""
        return self.profiles.get(id, Text(id, id))
