"""Words for what the catalogue and the figures name by id: verbs, archetypes, roles, units."""

from fractions import Fraction

from zhishu.system.show import own_unit
from zhishu.terms import Text
from zhishu.units import rounded
from zhishu.units.words import unit_words

VERBS = {
    "watch": Text("看", "watch"),
    "register": Text("登记", "register"),
    "judge": Text("判", "judge"),
    "measure": Text("量", "measure"),
    "allocate": Text("分", "allocate"),
    "coordinate": Text("办", "coordinate"),
    "score": Text("评", "score"),
    "network": Text("网络", "network"),
    "trace": Text("追溯", "trace"),
}

ROLES = {
    "operates": Text("本机运行", "operates"),
    "supervises": Text("只作复核", "supervises"),
    "models": Text("只作推演", "models"),
}

ARCHETYPES = {
    "accreditation": Text("创建达标", "accreditation"),
    "apportionment": Text("按比例分摊", "apportionment"),
    "award": Text("奖励", "award"),
    "benefit_sharing": Text("利益分享", "benefit sharing"),
    "body": Text("议事机构", "body"),
    "budget_watch": Text("预算监看", "budget watch"),
    "cascade": Text("逐级分解", "cascade"),
    "case_desk": Text("办件台", "case desk"),
    "coverage": Text("覆盖情况", "coverage"),
    "document": Text("文件", "document"),
    "draw": Text("随机抽取", "draw"),
    "early_warning": Text("预警", "early warning"),
    "event_chain": Text("事件链", "event chain"),
    "flow_matrix": Text("流量表", "flow matrix"),
    "fund": Text("资金", "fund"),
    "index": Text("指数", "index"),
    "list_gate": Text("清单闸门", "list gate"),
    "market": Text("交易", "market"),
    "network": Text("网络", "network"),
    "pairing": Text("结对", "pairing"),
    "parity_audit": Text("平等待遇核查", "parity audit"),
    "profile": Text("画像", "profile"),
    "project_ledger": Text("项目台账", "project ledger"),
    "readiness": Text("条件齐备", "readiness"),
    "recognition": Text("认定", "recognition"),
    "reconciliation": Text("对账", "reconciliation"),
    "roll": Text("名册", "roll"),
    "siting_gate": Text("选址闸门", "siting gate"),
    "slots": Text("时段排布", "slots"),
    "target_count": Text("数量目标", "target, count"),
    "target_level": Text("水平目标", "target, level"),
    "threshold_gate": Text("阈值闸门", "threshold gate"),
    "tier_list": Text("分级名单", "tier list"),
}

# Where English counts in other steps than 万 and 亿: what to multiply by (a power of ten), and the unit.
ENGLISH = {
    "万人": (4, "people"),
    "万个": (4, ""),
    "万元": (4, "yuan"),
    "亿元": (-1, "billion yuan"),
    "万美元": (-2, "million US dollars"),
}


def kind(words: dict[str, Text], name: str) -> Text:
    """Return the words of an id; one without words stays as it is.

    >>> kind(ARCHETYPES, "threshold_gate").zh, kind(VERBS, "weigh").zh
    ('阈值闸门', 'weigh')
    """
    return words.get(name, Text(name, name))


def figure_words(value: Fraction, unit: str, digits: int = 2) -> Text:
    """Return a base value in its unit, without trailing zeros, in both languages.

    >>> figure_words(Fraction(279, 10000), "%").zh, figure_words(Fraction(1_863_000), "km").zh
    ('2.79%', '1,863 公里')
    >>> figure_words(Fraction(1_710_000), "万人")
    Text(zh='171 万人', en='1,710,000 people')
    """
    own = own_unit(value, unit)
    number = _trimmed(own, digits)
    if unit in ("%", ""):
        return Text(number + unit, number + unit)
    power, english = ENGLISH.get(unit, (0, unit_words(unit).en))
    scaled = _trimmed(own * Fraction(10) ** power, max(0, digits - power))
    return Text(f"{number} {unit_words(unit).zh}".strip(), f"{scaled} {english}".strip())


def _trimmed(value: Fraction, digits: int) -> str:
    number = rounded(value, digits)
    return number.rstrip("0").rstrip(".") if "." in number else number
