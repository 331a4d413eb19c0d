"""The comparable points a target stands on: one run of one series, the one with the newest year."""

from zhishu.pack.target import Target
from zhishu.watch.points import Evidence, Point, runs


def newest_run(target: Target, evidence: Evidence) -> tuple[Point, ...]:
    """Return the actual points of the run that reaches furthest, by year; empty where there is none.

    Of runs that reach the same year the earlier named series wins, then the run with more points.
    """
    best: tuple[Point, ...] = ()
    for name in target.series:
        held: tuple[Point, ...] = ()
        for points in runs(evidence.points(name)).values():
            held = max(held, points, key=lambda ps: (ps[-1].year, len(ps)) if ps else (-1, 0))
        if held and (not best or held[-1].year > best[-1].year):
            best = held
    return best
