"""Rounds of assessments that are published: what anybody may read of them."""

from datetime import date

from zhishu.coordinate.rounds import Round
from zhishu.office.service import Office


def announced(office: Office, on: date) -> tuple[Round, ...]:
    """Return the rounds published by the end of a day, the latest year first; one that is not is not told of."""
    known = office.projection
    found = [known.states[stream] for stream in tuple(known.streams.get("round", ()))]
    public = [
        r
        for r in found
        if isinstance(r, Round) and r.stage == "published" and r.published is not None and r.published <= on
    ]
    return tuple(sorted(public, key=lambda r: (-r.year, r.assessment)))
