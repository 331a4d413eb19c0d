"""The comparable points a target stands on: one run of one series, the one that reaches furthest."""

from zhishu.pack.target import Target
from zhishu.watch.points import Evidence, Point, runs


def newest_run(target: Target, evidence: Evidence) -> tuple[Point, ...]:
    """Return the actual points of the run that reaches furthest up to the deadline, by year, or nothing.

    Of runs that reach the same year the longer wins, then the series named first. Years after the deadline
    are left out: a later figure, often of another run, neither proves nor paces a target that was due.
    """
    best: tuple[Point, ...] = ()
    for name in target.series:
        in_time = (p for p in evidence.points(name) if target.by is None or p.year <= target.by.year)
        for points in runs(in_time).values():
            if not best or (points[-1].year, len(points)) > (best[-1].year, len(best)):
                best = points
    return best
