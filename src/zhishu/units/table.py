"""The units of the pack: symbol, dimension and exact factor to the base unit of that dimension.

Inside formulas every quantity stands in base units: 60 % is 3/5, 1 万元 is 10,000 元, 1 公顷 is
10,000 平方米. The edges convert.
"""

from fractions import Fraction

Row = tuple[str, str, Fraction]

_RATIO: tuple[Row, ...] = (
    ("1", "", Fraction(1)),
    ("%", "", Fraction(1, 100)),
    ("‰", "", Fraction(1, 1000)),
    ("倍", "", Fraction(1)),
    ("index", "", Fraction(1)),
    ("个百分点", "", Fraction(1, 100)),
    ("pp", "", Fraction(1, 100)),
)

_MEASURES: tuple[Row, ...] = (
    ("元", "yuan", Fraction(1)),
    ("万元", "yuan", Fraction(10_000)),
    ("亿元", "yuan", Fraction(100_000_000)),
    ("美元", "usd", Fraction(1)),
    ("万美元", "usd", Fraction(10_000)),
    ("亿美元", "usd", Fraction(100_000_000)),
    ("平方米", "m2", Fraction(1)),
    ("亩", "m2", Fraction(2000, 3)),
    ("万亩", "m2", Fraction(20_000_000, 3)),
    ("公顷", "m2", Fraction(10_000)),
    ("ha", "m2", Fraction(10_000)),
    ("平方公里", "m2", Fraction(1_000_000)),
    ("km2", "m2", Fraction(1_000_000)),
    ("米", "m", Fraction(1)),
    ("m", "m", Fraction(1)),
    ("公里", "m", Fraction(1000)),
    ("km", "m", Fraction(1000)),
    ("天", "day", Fraction(1)),
    ("日", "day", Fraction(1)),
    ("小时", "day", Fraction(1, 24)),
    ("h", "day", Fraction(1, 24)),
    ("分钟", "day", Fraction(1, 1440)),
    ("工作日", "workday", Fraction(1)),
    ("月", "month", Fraction(1)),
    ("年", "year", Fraction(1)),
    ("千克", "kg", Fraction(1)),
    ("kg", "kg", Fraction(1)),
    ("mg", "kg", Fraction(1, 1_000_000)),
    ("µg", "kg", Fraction(1, 1_000_000_000)),
    ("吨", "kg", Fraction(1000)),
    ("万吨", "kg", Fraction(10_000_000)),
    ("L", "m3", Fraction(1, 1000)),
    ("m3", "m3", Fraction(1)),
    ("m³", "m3", Fraction(1)),
    ("立方米", "m3", Fraction(1)),
    ("千瓦时", "kwh", Fraction(1)),
    ("万千瓦时", "kwh", Fraction(10_000)),
    ("分", "point", Fraction(1)),
    ("位", "rank", Fraction(1)),
)

# Counts of unlike things are unlike dimensions: 家 and 项 cannot be added; their quotient keeps both.
_COUNTS = ("个", "项", "家", "条", "枚", "支", "次", "份", "件", "户", "所", "座", "策", "河", "村", "乡镇", "县", "市县")
_PEOPLE = (("人", 1), ("万人", 10_000), ("亿人", 100_000_000))

TABLE: dict[str, Row] = {
    row[0]: row
    for row in (
        *_RATIO,
        *_MEASURES,
        *((name, name, Fraction(1)) for name in _COUNTS),
        *((f"万{name}", name, Fraction(10_000)) for name in ("个", "户", "家", "件", "次")),
        *((name, "person", Fraction(factor)) for name, factor in _PEOPLE),
        ("unit", "个", Fraction(1)),
    )
}

POINTS = frozenset({"个百分点", "pp"})
