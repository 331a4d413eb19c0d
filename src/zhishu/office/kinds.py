"""The kinds of subject the office keeps: one line each."""

from collections.abc import Mapping
from typing import Any

from zhishu.coordinate.kinds.account import ACCOUNT
from zhishu.coordinate.kinds.body import BODY
from zhishu.coordinate.kinds.case import CASE
from zhishu.coordinate.kinds.period import PERIOD
from zhishu.coordinate.kinds.release import RELEASE
from zhishu.coordinate.kinds.round import ROUND
from zhishu.coordinate.kinds.submission import SUBMISSION
from zhishu.coordinate.kinds.task import TASK
from zhishu.coordinate.kinds.unit import UNIT
from zhishu.coordinate.subject import Subject

KINDS: Mapping[str, Subject[Any]] = {
    k.id: k for k in (TASK, CASE, BODY, PERIOD, SUBMISSION, RELEASE, ROUND, UNIT, ACCOUNT)
}
