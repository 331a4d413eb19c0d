"""What other rule engines say of the applications: the whole work held to the rules by hand, or a worst outcome beside them."""

import os
import sys
from dataclasses import dataclass
from importlib.metadata import version

import polars as pl
from by_hand import by_hand
from facts import OUTCOMES

ASKED = ("verdict", "best", "worst", "fired", "missing")
EXACT = ("worst", "fired", "missing")
"""What three values and the same reading of the rules give exactly."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer's name, its worst outcome of each row (place among the outcomes), the seconds it took and those of processors."""

    name: str
    levels: pl.Series
    seconds: float
    busy: float


@dataclass(frozen=True, slots=True)
class Whole:
    """A peer's name, the whole work (columns ``ASKED``; an open verdict is −1), its seconds and those of processors."""

    name: str
    told: pl.DataFrame
    seconds: float
    busy: float


def _head(peer: Peer | Whole, rows: int, what: str) -> str:
    return (
        f"{peer.name} {version(peer.name)}, {what}: {rows:,} rows in {peer.seconds:.2f} s (of processors {peer.busy:.2f} s), "
        f"{rows / peer.seconds:,.0f} rows/s, load {os.getloadavg()[0]:.1f}\n"
    )


def beside_whole(peer: Whole | None, frame: pl.DataFrame, negative: pl.DataFrame, how: str) -> None:
    """Hold a peer's whole work to the rules by hand, and say its speed.

    What three values give has to be the same; a best outcome may be a bound, and rows where it is are counted.
    """
    if peer is None:
        return
    told = by_hand(frame.lazy(), negative).collect()
    said = {c: peer.told[c].cast(pl.Int64) for c in ASKED}
    right = {c: told[c].to_physical().cast(pl.Int64).fill_null(-1) for c in ASKED}
    for column in EXACT:
        assert said[column].equals(right[column]), (
            f"{peer.name}, {column}: {(said[column] != right[column]).sum()} rows unlike"
        )
    given = said["verdict"] >= 0
    assert (said["best"] <= right["best"]).all(), f"{peer.name}: a best outcome is no bound"
    assert said["verdict"].filter(given).equals(right["verdict"].filter(given)), f"{peer.name}: a verdict is unlike"
    loose, silent = (said["best"] != right["best"]).sum(), (~given & (right["verdict"] >= 0)).sum()
    sys.stdout.write(
        _head(peer, len(frame), f"the whole work {how}")
        + f"  worst, fired, missing and every verdict given are those of the rules by hand; best is only a bound on {loose:,} "
        f"rows, and {silent:,} verdicts are left open for it\n"
    )


def beside(peer: Peer | None, frame: pl.DataFrame, negative: pl.DataFrame, how: str) -> None:
    """Say the speed of a peer that gives a worst outcome only, and how often it is one that the known facts do not give."""
    if peer is None:
        return
    told = by_hand(frame.lazy(), negative).collect()
    both = told.select(
        peer.levels.cast(pl.Int64).alias("said"),
        *(pl.col(c).to_physical().cast(pl.Int64) for c in ("best", "worst")),
        whole=pl.col("missing") == 0,
    )
    said, best, worst = pl.col("said"), pl.col("best"), pl.col("worst")
    counts = both.select(
        certain=(best == worst).sum(),
        agreed=((best == worst) & (said == best)).sum(),
        whole=((best == worst) & pl.col("whole")).sum(),
        agreed_whole=((best == worst) & pl.col("whole") & (said == best)).sum(),
        open=(best != worst).sum(),
        lenient=((best != worst) & (said < worst)).sum(),
        outside=((said < best) | (said > worst)).sum(),
        allowed=((said == 0) & (worst == len(OUTCOMES) - 1)).sum(),
    ).row(0, named=True)
    sys.stdout.write(
        _head(peer, len(frame), f"its worst outcome only {how}")
        + f"  every fact known and the verdict certain: {counts['agreed_whole']:,} of {counts['whole']:,} agree\n"
        f"  the known facts decide: {counts['agreed']:,} of {counts['certain']:,} agree\n"
        f"  they do not: a verdict on all {counts['open']:,}, on {counts['lenient']:,} better than the worst allowed\n"
        f"  outside what the known facts allow: {counts['outside']:,}; allowed where prohibit is possible: {counts['allowed']:,}\n"
    )
