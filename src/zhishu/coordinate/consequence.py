"""What an adverse act brings with it, said before anybody does it: on what basis, by whom, and the way back."""

from dataclasses import dataclass
from datetime import date

from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Consequence:
    """The six things an act that burdens somebody must carry; a day that is not sure says so in its words."""

    basis: Text
    decider: Text
    notice: Text
    objection: Text
    expiry: Text
    repair: Text

    def said(self) -> tuple[tuple[Text, Text], ...]:
        """Return the six with their names, in the order a decision is read.

        >>> t = Text("甲", "a")
        >>> [name.en for name, _ in Consequence(t, t, t, t, t, t).said()]
        ['basis', 'decided by', 'notice', 'objection', 'lapses', 'repair']
        """
        return (
            (Text("依据", "basis"), self.basis),
            (Text("决定人", "decided by"), self.decider),
            (Text("告知", "notice"), self.notice),
            (Text("申辩", "objection"), self.objection),
            (Text("失效", "lapses"), self.expiry),
            (Text("修复", "repair"), self.repair),
        )


SIGNER = Text("办理本动作的账号，实名登记在册", "the account that does this act, kept on record")
AS_GIVEN = Text("以本表所填为准", "as filled in below")


def ruled(told: Text, basis: str, until: date, lapses: date, repair: str) -> Consequence:
    """Return what a ruling on an objection brings: what it rules on was ``told`` and stands as it was given.

    ``until`` is the last day to object, ``lapses`` the last day of what is ruled on if it is upheld.
    """
    return Consequence(
        Text(basis, basis),
        SIGNER,
        told,
        Text(f"申辩期至 {until}，本次对申辩作出裁定", f"open to objection until {until}; this rules on the objection"),
        Text(f"维持的，{lapses} 之后失效", f"if upheld it lapses after {lapses}"),
        Text(repair, repair),
    )
