"""Three-valued logic: yes, no, and unknown with its reason (Kleene 1952, strong tables)."""

from dataclasses import dataclass

from zhishu.terms import Text

REASONS: dict[str, Text] = {
    "missing": Text("没有数字", "no figure"),
    "divide_by_zero": Text("除以零", "division by zero"),
    "domain": Text("函数定义域之外", "outside the domain of the function"),
    "overflow": Text("数值过大", "number too large"),
    "not_finite": Text("输入不是有限的数", "input is not a finite number"),
    "short_window": Text("年份不足", "fewer periods than asked"),
    "break": Text("跨口径，不可比", "across a break in the series"),
    "cycle": Text("公式引用了自己", "the formula refers to itself"),
    "not_set": Text("参数未设定", "parameter not set"),
    "planned": Text("只有计划数", "planned figures only"),
    "held": Text("该行待核", "the row is held"),
    "conflict": Text("来源不一致", "sources disagree"),
    "empty": Text("没有可算的行", "no rows to compute from"),
    "no_basis": Text("无依据", "no legal basis loaded"),
    "not_found": Text("找不到对应的行", "no matching row"),
    "no_entry": Text("没有记录", "nothing recorded"),
    "no_deadline": Text("没有时限", "no deadline"),
    "not_named": Text("没有写明", "not named"),
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value nobody can state, with the reason; never NaN, never zero.

    >>> Unknown("missing", "supplied 2021")
    Unknown(reason='missing', detail='supplied 2021')
    """

    reason: str
    detail: str = ""

    def bare(self) -> Text:
        """Return the reason in words, without the names and places of its detail."""
        return REASONS.get(self.reason, Text(self.reason, self.reason))

    def say(self) -> Text:
        """Return the reason in words, with its detail."""
        base = self.bare()
        if not self.detail:
            return base
        return Text(f"{base.zh}（{self.detail}）", f"{base.en} ({self.detail})")


Truth = bool | Unknown


def k_not(a: Truth) -> Truth:
    """Return not a; unknown stays unknown."""
    return a if isinstance(a, Unknown) else not a


def k_and(*terms: Truth) -> Truth:
    """Return false if any term is false, else unknown if any is unknown, else true.

    >>> k_and(False, Unknown("missing"))
    False
    """
    unknown: Unknown | None = None
    for term in terms:
        if term is False:
            return False
        if isinstance(term, Unknown) and unknown is None:
            unknown = term
    return unknown if unknown is not None else True


def k_or(*terms: Truth) -> Truth:
    """Return true if any term is true, else unknown if any is unknown, else false.

    >>> k_or(True, Unknown("missing"))
    True
    """
    unknown: Unknown | None = None
    for term in terms:
        if term is True:
            return True
        if isinstance(term, Unknown) and unknown is None:
            unknown = term
    return unknown if unknown is not None else False
