"""The figures that count: of every submission the version approved through every level, as observations."""

from dataclasses import replace

from zhishu.coordinate.submissions import Submission, standing
from zhishu.data import Panel
from zhishu.data.observation import Observation
from zhishu.data.submission import from_canonical
from zhishu.office.service import Office
from zhishu.study import Study


def approved_figures(office: Office) -> tuple[Observation, ...]:
    """Return the figures of every approved version, each known from the day it was published.

    What was approved once and revised since counts with both vintages: an old report stays what it was.
    """
    found: list[Observation] = []
    moment = office.moment()
    for stream in sorted(moment.known.streams.get("submission", ())):
        state = moment.state(stream)
        if not isinstance(state, Submission):
            continue
        counts = standing(state, moment.world)
        for version in state.versions:
            approved = version is counts or (version.approvals and counts and version.number < counts.number)
            content = office.ledger.blob(version.content) if approved else None
            if content is not None:
                found += from_canonical(content, version.published, f"{stream}#{version.number}")
    return tuple(found)


def with_approved(study: Study, office: Office) -> Study:
    """Return the study with what the office has approved by now; what it holds of that already is not doubled."""
    held = {o.ref for o in study.data.panel.observations if o.ref.startswith("submission/")}
    figures = [o for o in approved_figures(office) if o.ref not in held]
    if not figures:
        return study
    panel = Panel.of([*study.data.panel.observations, *figures])
    return replace(study, data=replace(study.data, panel=panel))
