"""Everything the pages share for one day: the grid, the judged targets, the states of the promises."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from zhishu.measure import Grid
from zhishu.pack.target import Target
from zhishu.study import Study
from zhishu.study.figures import grid
from zhishu.study.promises import promise_states
from zhishu.study.targets import judge_targets
from zhishu.watch import Judgement


@dataclass(frozen=True, slots=True)
class Known:
    """What was known on a day."""

    on: date
    grid: Grid
    targets: dict[str, tuple[Target, Judgement]]
    states: dict[str, str]

    def counts(self) -> dict[str, int]:
        """Return how many targets have each verdict."""
        return dict(Counter(j.verdict for _, j in self.targets.values()))


def known_on(study: Study, on: date) -> Known:
    """Return what was known on a day."""
    targets = judge_targets(study, on)
    states = promise_states(study, on, {k: j.verdict for k, (_, j) in targets.items()})
    return Known(on, grid(study, on), targets, states)
