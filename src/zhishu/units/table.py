"""The known units: measures with exact factors, and the words things are counted by."""

from fractions import Fraction

from zhishu.units.unit import Dimension, Sort, Unit

# Names of one unit separated by "|" (the first is preferred), base units with exponents, factor, sort.
# 年, 月 and 天 are three bases: a month is no fixed number of days, and deadlines are counted in months.
# kW is 24 kWh a day, so that kW times hours is kWh without rounding.
_MEASURES: tuple[tuple[str, str, str, Sort], ...] = (
    ("1|倍", "", "1", "ratio"),
    ("%|percent", "", "1/100", "ratio"),
    ("‰|permille", "", "1/1000", "ratio"),
    ("个百分点|百分点|pp|percentage point|percentage points", "", "1/100", "change"),
    ("个千分点|千分点", "", "1/1000", "change"),
    ("元|yuan|CNY", "元", "1", "quantity"),
    ("美元|USD", "美元", "1", "quantity"),
    ("人|名|person|persons|people", "人", "1", "quantity"),
    ("m|米", "m", "1", "quantity"),
    ("km|公里|千米", "m", "1000", "quantity"),
    ("cm|厘米", "m", "1/100", "quantity"),
    ("mm|毫米", "m", "1/1000", "quantity"),
    ("m2|平方米", "m^2", "1", "quantity"),
    ("km2|平方公里|平方千米", "m^2", "1000000", "quantity"),
    ("公顷|ha|hm2", "m^2", "10000", "quantity"),
    ("亩|mu", "m^2", "2000/3", "quantity"),
    ("m3|立方米", "m^3", "1", "quantity"),
    ("L|升", "m^3", "1/1000", "quantity"),
    ("kg|千克|公斤", "kg", "1", "quantity"),
    ("吨|t", "kg", "1000", "quantity"),
    ("Mt", "kg", "1000000000", "quantity"),
    ("g|克", "kg", "1/1000", "quantity"),
    ("mg|毫克", "kg", "1/1000000", "quantity"),
    ("μg|ug|微克", "kg", "1/1000000000", "quantity"),
    ("kWh|千瓦时|度", "kWh", "1", "quantity"),
    ("MWh|兆瓦时", "kWh", "1000", "quantity"),
    ("GWh|吉瓦时", "kWh", "1000000", "quantity"),
    ("kW|千瓦", "kWh 天^-1", "24", "quantity"),
    ("MW|兆瓦", "kWh 天^-1", "24000", "quantity"),
    ("吨标准煤|吨标煤|tce", "吨标准煤", "1", "quantity"),
    ("dB|分贝", "dB", "1", "quantity"),
    ("天|日|自然日|day|days", "天", "1", "quantity"),
    ("周|week|weeks", "天", "7", "quantity"),
    ("小时|h|hour|hours", "天", "1/24", "quantity"),
    ("分钟|min|minute|minutes", "天", "1/1440", "quantity"),
    ("秒|s|second|seconds", "天", "1/86400", "quantity"),
    ("工作日|working day|working days", "工作日", "1", "quantity"),
    ("年|year|years", "年", "1", "quantity"),
    ("季度|quarter|quarters", "月", "3", "quantity"),
    ("月|个月|month|months", "月", "1", "quantity"),
    ("分|point|points", "分", "1", "quantity"),
    ("位|名次|rank", "位", "1", "quantity"),
    ("指数|index", "指数", "1", "quantity"),
)

_COUNTS = """
个|unit 项 家 条 枚 支 次 份 件 户 所 座 策 例 宗 笔 批 台 套 辆 架 列 班 艘 头 只 羽 株 棵 张 间 栋 幢
片 块 处 场 届 站 门 部 本 册 篇 队 团 组 类 种 级 层 轮 起 期 道 口 期次
人次 户次 架次 班次 车次 标箱|TEU 床位|床 席 票 幼 村 乡 镇 乡镇 街道 社区 县 区 市 州 市州 市县 区县 县区 省
地区 园区 开发区 河 湖 河段 断面 地块 项目 企业 公司 单位 机构 学校 幼儿园 医院 公园 车站 机场 港口 航线 线路
班列 岗位 平台 团队 方面|个方面
"""

_SCALES: dict[str, int] = {
    "万亿": 10**12,
    "千亿": 10**11,
    "百亿": 10**10,
    "十亿": 10**9,
    "千万": 10**7,
    "百万": 10**6,
    "十万": 10**5,
    "亿": 10**8,
    "万": 10**4,
    "千": 1000,
    "百": 100,
}

_TIME = frozenset({"年", "月", "天", "工作日"})
_MEASURED = frozenset({"元", "美元", "m", "kg", "kWh", "吨标准煤", "dB"})
_UNSCALED = _TIME | frozenset({"分", "位", "指数", "dB"})


def _dimension(written: str) -> Dimension:
    parts = (part.partition("^") for part in written.split())
    return tuple(sorted((base, int(power or 1)) for base, _, power in parts))


def _build() -> dict[str, Unit]:
    known: dict[str, Unit] = {}
    for written, bases, factor, sort in _MEASURES:
        for name in written.split("|"):
            known[name] = Unit(spell(name), _dimension(bases), Fraction(factor), sort)
    for written in _COUNTS.split():
        base = written.split("|")[0]
        for name in written.split("|"):
            known[name] = count(name, base)
    return known


def spell(name: str) -> str:
    """Return a unit's name as people write it: ``km2`` is ``km²``."""
    if name[:-1].isascii() and name[:-1].isalpha():
        return name.replace("2", "²").replace("3", "³")
    return name


def count(name: str, base: str) -> Unit:
    """Return the unit of things counted by one word; different words never add."""
    return Unit(name, ((base, 1),), Fraction(1), "quantity")


KNOWN: dict[str, Unit] = _build()
_BY_MEANING: dict[Unit, str] = {unit: unit.symbol for unit in reversed(KNOWN.values())}


def named(name: str) -> Unit | None:
    """Return the unit of one name, scaled names such as 万元 and 千公顷 included, or None.

    >>> named("万亩").factor
    Fraction(20000000, 3)
    """
    if name in KNOWN:
        return KNOWN[name]
    for scale, factor in _SCALES.items():
        unit = KNOWN.get(name.removeprefix(scale)) if name.startswith(scale) else None
        if unit is not None and unit.sort == "quantity" and not bases(unit) <= _UNSCALED:
            return Unit(spell(name), unit.dimension, unit.factor * factor, unit.sort)
    return None


def scaled(name: str) -> bool:
    """Return whether a name begins with a number word, so that it cannot be a new word for a count."""
    return name.startswith((*_SCALES, "十"))


def preferred(unit: Unit) -> str | None:
    """Return the usual symbol of what a unit means, if it has a name."""
    return _BY_MEANING.get(unit)


def bases(unit: Unit) -> frozenset[str]:
    """Return the base units a unit is made of."""
    return frozenset(base for base, _ in unit.dimension)


def is_time(unit: Unit) -> bool:
    """Return whether a unit measures time only."""
    return bool(unit.dimension) and bases(unit) <= _TIME


def countable(unit: Unit) -> bool:
    """Return whether a plain number can only mean this unit: ratios, and things counted one by one.

    People, projects, points and whole days are counted; 万人, money, lengths and hours are not, because
    a plain 200 beside them may be 200 or 2,000,000.

    >>> [countable(KNOWN[name]) for name in ("家", "天", "%", "元", "km", "小时")]
    [True, True, True, False, False, False]
    """
    return unit.sort != "quantity" or (unit.factor == 1 and not bases(unit) & _MEASURED)
