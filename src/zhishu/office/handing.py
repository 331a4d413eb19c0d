"""Handing figures in: a file is read by its profile and looked at whole before anything of it is recorded."""

from dataclasses import dataclass
from datetime import date

from zhishu.coordinate.refusal import refuse
from zhishu.coordinate.submissions import Submission
from zhishu.coordinate.units import Unit
from zhishu.data.submission import Difference, Manifest, Reading, basis, canonical, content_hash, difference, read
from zhishu.errors import Problem
from zhishu.office.figures import with_approved
from zhishu.office.service import Office
from zhishu.office.wish import Upload, Wish
from zhishu.study import Study


@dataclass(frozen=True, slots=True)
class Handed:
    """A file looked at: what it says, what it adds to the figures held, and every problem of reading or of remit."""

    upload: Upload
    reading: Reading
    difference: Difference
    problems: tuple[Problem, ...]
    content: bytes
    same: bool

    @property
    def errors(self) -> tuple[Problem, ...]:
        """Return what keeps the file out."""
        return tuple(p for p in self.problems if p.severity == "error")

    @property
    def takes(self) -> bool:
        """Whether the file can be handed in: no error, and something in it."""
        return not self.errors and bool(self.reading.figures) and not self.same

    def wish(self, stream: str, expected: int, note: str, published: str, reason: str) -> Wish:
        """Return the act that hands it in."""
        given = {"rows": [str(len(self.reading.figures))], "note": [note], "published": [published], "reason": [reason]}
        asked = {name: values for name, values in given.items() if values[0]}
        return Wish(stream, "upload", expected, asked, {"files": [self.upload]}, {"content": self.content})


def look(office: Office, study: Study, submission: Submission, upload: Upload, day: date) -> Handed:
    """Return what a file says as a submission. Raises ZhishuError ``profile-unknown``; nothing is recorded."""
    profile = study.pack.profile(submission.profile)
    regions, series = study.data.regions, study.data.series
    form = Manifest(profile.id, submission.period, study.pack.header.id, basis(profile, regions, series))
    reading = read(profile, upload.content, upload.name, regions, series, day, period=submission.period, form=form)
    outside = _outside(office, submission.unit, reading)
    content = canonical(reading) if reading.figures and not outside else b""
    current = submission.current
    same = bool(content) and current is not None and current.content == content_hash(content)
    # against what is approved by now, which the pages may learn a moment later
    found = difference(reading.observations, with_approved(study, office).data.panel)
    return Handed(upload, reading, found, (*reading.problems, *outside), content, same)


def _outside(office: Office, unit: str, reading: Reading) -> tuple[Problem, ...]:
    """Return a problem for every figure of a region that is not the unit's own."""
    state = office.state(f"unit/{unit}")
    if not isinstance(state, Unit):
        return ()
    named = dict.fromkeys(reading.figures.texts("region"))
    outside = {region for region in named if not office.within(region, state.region)}
    if not outside:
        return ()
    return tuple(
        refuse(
            "submission-outside",
            f.cell,
            f"{office.regions.name(f.observation.region).zh}不归本单位报送",
            f"{office.regions.name(f.observation.region).en} is not this unit's to report",
            "只报本地区的行",
            "report the rows of your own region",
        )
        for f in reading.figures
        if f.observation.region in outside
    )
