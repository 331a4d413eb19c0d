"""Three-valued logic: yes, no, and unknown with its reason (Kleene 1952, strong tables)."""

from dataclasses import dataclass, field

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
    "not_set": Text("参数未设定，须设定并注明来源", "the parameter must be set, with a source"),
    "planned": Text("只有计划数", "planned figures only"),
    "held": Text("该行待核", "the row is held"),
    "conflict": Text("来源不一致", "sources disagree"),
    "empty": Text("没有可算的行", "no rows to compute from"),
    "no_basis": Text("无依据", "no legal basis loaded"),
    "not_found": Text("找不到对应的行", "no matching row"),
    "no_entry": Text("没有记录", "nothing recorded"),
    "no_calendar": Text("该年的放假安排未录入", "the holidays of that year are not in the table"),
    "no_deadline": Text("没有时限", "no deadline"),
    "not_named": Text("没有写明", "not named"),
    "tolerance": Text("在误差范围内，判不出", "within the error of measurement"),
    "no_list": Text("名录没有装入", "the list is not loaded"),
    "not_adopted": Text("随册名录只是提议，没有采用", "the list shipped is a proposal, and not adopted"),
    "small_cell": Text(
        "不公布：计数过小，或公布后可推算出过小的计数", "not published: small, or gives a small one away"
    ),
    "no_layer": Text("图层没有装入", "the layer is not loaded"),
    "no_coordinates": Text("没有坐标", "no coordinates"),
    "no_line": Text("图层里没有这类线", "the layer holds no line of that kind"),
    "none_in_force": Text("图层里没有当日有效的线", "no line of the layer is in force on the day"),
    "no_day": Text("没有日期，不知哪些线有效", "without a day nobody knows which lines are in force"),
    "several_lines": Text("近处有几类线，不知算哪一类", "lines of several kinds are near"),
    "not_listed": Text("不在引用的名单上", "not on the cited list"),
    "no_version": Text("名录在当日没有有效的版本", "no version of the list is in force on the day"),
    "stated": Text("规则写明无法判定", "the rules say it is undetermined"),
    "wider_place": Text(
        "只写到更大的地区，可能在内也可能不在", "only a wider region is given: it may lie inside or not"
    ),
    "coarse": Text("代码比名录的条目粗，可能在内也可能不在", "the code is coarser than an entry of the list"),
}


# details that verbs give, as a reader of Chinese is told them
DETAILS: dict[str, str] = {
    "not eligible": "不具备资格",
    "tie at the cut": "同分跨过名额线",
    "a unit above is held": "名次在前的单位待核",
    "excluded": "已剔除",
    "not ranked": "不排名",
    "score": "得分",
    "no claims": "没有可分的申报",
    "no weight": "没有权重",
    "no outcome": "没有结果",
    "an indicator": "有指标缺值",
    "not numbers": "不是数",
    "not a number": "不是数",
    "not a region": "不是地区",
    "not dates": "不是日期",
    "not a date": "不是日期",
    "negative": "为负",
    "negative base": "底数为负",
    "unlike kinds": "两边类型不同",
    "fewer than two units": "不足两个单位",
    "fewer than 5 in the class": "同类不足5个",
    "equal remainders without a tie rule": "余数相等而没有规则可分",
    "total is not a whole number of steps": "总额不是分配单位的整数倍",
    "total is not a number": "总额不是数",
    "claim is not a number": "申报数不是数",
    "floors exceed the total": "保底之和超过总额",
    "caps leave a rest": "封顶之后有余额",
    "a cap below its floor": "封顶低于保底",
    "the worst unit has reached the target": "最差的单位已达到目标",
    "geometric mean of a value not above zero": "几何平均的数不大于零",
    "shift and level are shares": "变动幅度和置信水平应为比例",
    "quantile level": "分位数的水平",
    "a time of day": "含时刻",
    "not a yes or no": "不是是或否",
    "not a date and whole days": "不是日期加整天数",
    "no rule applies": "没有一行适用",
    "rules disagree": "几行都适用而结果不同",
    "not stated": "没有写明",
}


@dataclass(frozen=True, slots=True)
class Unknown:
    """A value nobody can state, with the reason; never NaN, never zero. ``en`` is the detail in English, if given.

    >>> Unknown("missing", "supplied 2021")
    Unknown(reason='missing', detail='supplied 2021')
    """

    reason: str
    detail: str = ""
    en: str = field(default="", repr=False, compare=False)

    def bare(self) -> Text:
        """Return the reason in words, without the names and places of its detail."""
        return REASONS.get(self.reason, Text(self.reason, self.reason))

    def say(self) -> Text:
        """Return the reason in words, with its detail."""
        base = self.bare()
        if self.reason == "stated" and self.detail and self.en:
            # a note in both languages speaks for itself
            return Text(self.detail, self.en)
        # a detail written in Chinese alone says nothing to a reader of English
        en = self.en or (self.detail if self.detail.isascii() else "")
        zh = DETAILS.get(self.detail, self.detail)
        if self.reason == "not_set" and zh and en:
            return Text(f"参数“{zh}”未设定，须设定并注明来源", f"the parameter “{en}” must be set, with a source")
        return Text(f"{base.zh}（{zh}）" if zh else base.zh, f"{base.en} ({en})" if en else base.en)


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
