"""What a rule engine without unknowns says of the applications, beside what the known facts allow."""

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

import polars as pl
from by_hand import by_hand
from facts import OUTCOMES


@dataclass(frozen=True, slots=True)
class Peer:
    """A peer's name, its verdict of each row (place among the outcomes), and the seconds it took."""

    name: str
    levels: list[int]
    seconds: float


def beside(
    run: Callable[[pl.DataFrame, pl.DataFrame], Peer | None], name: str, frame: pl.DataFrame, negative: pl.DataFrame
) -> Peer | None:
    """Run a peer and say its speed, and how often it gives a verdict that the known facts do not."""
    peer = run(frame, negative)
    if peer is None:
        sys.stdout.write(f"{name}: not measured, not installed here\n")
        return None
    told = by_hand(frame.lazy(), negative).collect()
    both = told.select(
        pl.Series("said", peer.levels),
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
        f"{name} {version(name)}: {len(frame):,} rows in {peer.seconds:.2f} s, {len(frame) / peer.seconds:,.0f} rows/s, "
        f"load {os.getloadavg()[0]:.1f}\n"
        f"  every fact known and the verdict certain: {counts['agreed_whole']:,} of {counts['whole']:,} agree\n"
        f"  the known facts decide: {counts['agreed']:,} of {counts['certain']:,} agree\n"
        f"  they do not: a verdict on all {counts['open']:,}, on {counts['lenient']:,} better than the worst allowed\n"
        f"  outside what the known facts allow: {counts['outside']:,}; allowed where prohibit is possible: {counts['allowed']:,}\n"
    )
    return peer
