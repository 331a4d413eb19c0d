"""What a chart draws: frozen inputs in plain floats, because drawing is not accounting."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Size:
    """Width and height in CSS pixels; ``text`` scales every letter (1.25 in the elder mode)."""

    width: float
    height: float
    text: float = 1.0

    def at(self, text: float) -> "Size":
        """Return the same size with letters scaled."""
        return Size(self.width, self.height, text)

    @property
    def small(self) -> bool:
        """Return whether this is a small multiple, which names nothing but its axes and last value."""
        return self.height / self.text < 215

    @property
    def tall(self) -> bool:
        """Return whether the reasons of breaks have room inside the plot."""
        return self.height / self.text > 300 and not self.narrow

    @property
    def narrow(self) -> bool:
        """Return whether labels must be thinned as on a phone."""
        return self.width / self.text < 460


# The inner widths of the page: a full card, the main and side column, half, third (replay), a phone.
# A drawing made for its place is shown at its own size, so that its letters keep theirs.
WIDE = Size(1210, 400)
MAIN = Size(736, 330)
HALF = Size(571, 235)
SIDE = Size(406, 300)
THIRD = Size(362, 190)
PHONE = Size(326, 270)
STRIP = Size(790, 46)
STRIP_PHONE = Size(300, 46)


@dataclass(frozen=True, slots=True)
class Point:
    """One known value: ``x`` is the year (2020.5 is mid-2020), ``run`` the comparable run it belongs to."""

    x: float
    y: float
    run: str
    confidence: str = "high"
    revised: bool = False
    label: Text | None = None


@dataclass(frozen=True, slots=True)
class Gap:
    """A period whose value nobody knows, with the reason in words."""

    x: float
    reason: Text


@dataclass(frozen=True, slots=True)
class Break:
    """A place on the time axis over which values do not compare (2018.5 lies between 2018 and 2019)."""

    x: float
    reason: Text
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class Target:
    """What was to be reached: the value, the declared band, the reading of a vague word."""

    x: float
    value: float
    label: Text
    low: float | None = None
    high: float | None = None
    reading: Text | None = None
    since: float | None = None
    verdict: str | None = None
    gap: Text | None = None


@dataclass(frozen=True, slots=True)
class Fan:
    """A forecast at one moment with its interval."""

    x: float
    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Note:
    """A verdict given at an earlier date, shown at the foot of the chart."""

    x: float
    state: str
    label: Text


@dataclass(frozen=True, slots=True)
class Series:
    """One trajectory: known points, unknown periods, breaks, at most one target.

    ``runs`` names the comparable runs in the order of time; ``needed`` is the straight path still to go,
    as two points. ``zero`` starts the value axis at nought; otherwise the chart says that it does not.
    """

    title: Text
    summary: Text
    points: tuple[Point, ...]
    runs: Mapping[str, Text] = field(default_factory=dict)
    breaks: tuple[Break, ...] = ()
    gaps: tuple[Gap, ...] = ()
    target: Target | None = None
    fan: tuple[Fan, ...] = ()
    needed: tuple[tuple[float, float], tuple[float, float]] | None = None
    notes: tuple[Note, ...] = ()
    unit: str = ""
    decimals: int = 1
    zero: bool = False
    span: tuple[float, float] | None = None
    value_span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """The promises of one article, counted by state."""

    label: str
    counts: Mapping[str, int]
    href: str = ""


@dataclass(frozen=True, slots=True)
class Classes:
    """Declared classes of a map: ``cuts`` are the lower bounds of class 2 and up (a value at a cut is above)."""

    cuts: tuple[float, ...]
    labels: tuple[Text, ...]

    def index(self, value: float) -> int:
        """Return the class of a value, counted from 0.

        >>> Classes((45, 50), (Text("低", "low"), Text("中", "mid"), Text("高", "high"))).index(45)
        1
        """
        return sum(1 for cut in self.cuts if value >= cut)


@dataclass(frozen=True, slots=True)
class Region:
    """One area of a map: its short name, its value (None is unknown, with the reason), its page."""

    name: Text
    value: float | None
    reason: Text | None = None
    href: str = ""
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """One unit on a strip; ``group`` is 'unit' (this one), 'peer' or 'rest'."""

    name: Text
    value: float
    group: str = "rest"


@dataclass(frozen=True, slots=True)
class Strip:
    """Where one unit stands among all, with the median; never a league table."""

    title: Text
    summary: Text
    dots: tuple[Dot, ...]
    median: float | None = None
    decimals: int = 1


@dataclass(frozen=True, slots=True)
class Mark:
    """A value on a line: its words, the state that gives its shape, whether this reading was adopted."""

    value: float
    label: Text
    state: str
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class Interval:
    """A threshold on a line: what lies on each side, and the readings that fall there."""

    title: Text
    summary: Text
    low: float
    high: float
    threshold: float
    threshold_label: Text
    below: Text
    above: Text
    marks: tuple[Mark, ...]
    harmful_side: str = "below"
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Bands:
    """How wide a vague word must be read before the verdict changes, and where it does."""

    title: Text
    summary: Text
    marks: tuple[Mark, ...]
    switch: float | None = None
    switch_label: Text | None = None
    met_side: str = "above"
