"""Periods against what the profile takes."""

from zhishu.data.submission.periods import Period, PeriodRead
from zhishu.data.submission.sink import Sink
from zhishu.pack.profile import Profile
from zhishu.terms import Text


def allowed(period: Period, profile: Profile, where: str, sink: Sink, planned: bool = False) -> Period | None:
    """Return a period the profile takes and that has begun (or is planned), or None with its problem."""
    if period.kind not in profile.periods:
        what = Text(f"样式不收 {period.words}这样的时期", f"the profile takes no period like {period.id}")
        sink.bad(
            where, "submission-period-kind", what, Text("核对时期或换样式", "check the period or take another profile")
        )
        return None
    if period.begin > sink.day and not planned:
        what = Text(f"{period.words}还没有开始", f"{period.id} has not begun")
        sink.bad(where, "submission-period-future", what, Text("核对时期", "check the period"))
        return None
    return period


def period_or_problem(text: str, read: PeriodRead | None, where: str, sink: Sink) -> Period | None:
    """Return the period of a cell with its guess noted, or None with its problem."""
    if read is None:
        what = Text(f"“{text}”不是时期", f"{text} is no period")
        repair = Text("写作 2018年、2018年6月 或 2018年1-6月", "write 2018, 2018-06 or 2018-01..06")
        sink.bad(where, "submission-period", what, repair)
        return None
    if read.ask:
        either = " / ".join((read.period.id, *read.others))
        what = Text(f"“{text}”分不清是 {either}", f"{text} may be {either}")
        sink.bad(where, "submission-period-open", what, Text("写作 2018年1月", "write 2018-01"))
        return None
    if read.guessed:
        kind = "period-month" if "." in text and read.period.kind == "month" else "period-read"
        sink.guess(where, kind, text, read.period.id, read.others)
    return read.period
