"""Running the examples of a profile: a small sheet read as delimited text, against what it should give."""

import csv
import io
from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from zhishu.data.regions import Regions
from zhishu.data.series import Series
from zhishu.data.submission.figures import exact
from zhishu.data.submission.read import read
from zhishu.data.submission.reading import Reading
from zhishu.errors import Problem
from zhishu.pack.profile import Profile, ProfileExample
from zhishu.terms import Text


def example_csv(example: ProfileExample) -> bytes:
    """Return the sheet of an example as delimited text; merged ranges have no place in it."""
    buffer = io.StringIO(newline="")
    width = max(len(row) for row in example.sheet)
    csv.writer(buffer, lineterminator="\n").writerows([*row, *[""] * (width - len(row))] for row in example.sheet)
    return buffer.getvalue().encode()


def try_example(
    profile: Profile, example: ProfileExample, regions: Regions, series: Mapping[str, Series]
) -> list[Problem]:
    """Return where reading an example gives something else than it says."""
    found = read(profile, example_csv(example), "example.csv", regions, series, date.fromisoformat(example.day))
    return differences(found, example)


def differences(found: Reading, example: ProfileExample) -> list[Problem]:
    """Return each expected part of an example that a reading does not have, and each part it has besides."""
    has = {(o.region, o.period, o.series): o.value for o in found.observations}
    wants = {(region, period, series): Fraction(value) for region, period, series, value in example.expect}
    wrong: list[tuple[str, str]] = []
    for key in sorted({*has, *wants}):
        if has.get(key) != wants.get(key):
            told = tuple("—" if v is None else exact(v) for v in (wants.get(key), has.get(key)))
            wrong.append((f"{' '.join(key)} = {told[0]}", told[1]))
    told_of = [(set(example.problems), {p.code for p in found.problems})]
    if example.guesses or not example.problems:
        # what a refused sheet makes one guess is of no interest
        told_of.append((set(example.guesses), {g.kind for g in found.guesses}))
    for wanted, got in told_of:
        if wanted != got:
            wrong.append((", ".join(sorted(wanted)) or "—", ", ".join(sorted(got)) or "—"))
    repair = Text("改例子或样式", "correct the example or the profile")
    return [
        Problem("profile-example", example.where, Text(f"应为 {a}，得 {b}", f"expected {a}, got {b}"), repair)
        for a, b in wrong
    ]
