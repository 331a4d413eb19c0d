"""Where the pack declares that a series changes its basis: between two runs of one family, at the years their names give."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from zhishu.data.observation import family
from zhishu.surfaces.web.charts.model import Break, Point
from zhishu.terms import Text

REASON = Text("口径改变，两侧不可比", "basis changes, not comparable")
_YEARS = re.compile(r"-(\d{4})(?:(-)(\d{4})?)?$")


def breaks_of(points: Sequence[Point]) -> tuple[Break, ...]:
    """Return the declared breaks between the points, each at its place on the time axis.

    Points of different families (fast railways, high-speed railways) are different definitions: nothing
    breaks between them, they stand alone.
    """
    found: set[float] = set()
    spans: dict[tuple[str, ...], dict[str, list[float]]] = {}
    for p in points:
        kin = tuple(family(part) for part in _parts(p.run))
        spans.setdefault(kin, {}).setdefault(p.run, []).append(p.x)
    for runs in spans.values():
        # a run may reach back behind its break by revisions: runs stand in the order in which they end
        for a, b in pairwise(sorted(runs, key=lambda run: (max(runs[run]), run))):
            found.update(x for x in _changes(_parts(a), _parts(b)) if min(runs[a]) < x < max(runs[b]))
    return tuple(Break(x, REASON) for x in sorted(found))


def revised(run: str, year: int) -> bool:
    """Return whether a run's figure of a year lies before the years the run is named for: a revision.

    >>> revised("gdp-2019-2022", 2018), revised("gdp-2019-2022", 2019), revised("income", 2010)
    (True, False, False)
    """
    starts = [int(m[1]) for part in _parts(run) if (m := _YEARS.search(part))]
    return bool(starts) and year < max(starts)


def _parts(run: str) -> list[str]:
    return run.split(" + ")


def _changes(before: Iterable[str], after: Iterable[str]) -> Iterable[float]:
    """Yield the middle between the last year of a run and the first of the one that follows, as far as their names say."""
    for a, b in zip(before, after, strict=True):
        old, new = _YEARS.search(a), _YEARS.search(b)
        if a == b:
            continue
        ends = [float(old[3] or old[1]) + 0.5] if old and not (old[2] and not old[3]) else []
        starts = [float(new[1]) - 0.5] if new else []
        known = ends + starts
        if known:
            yield sum(known) / len(known)
