"""A small exact algebra of units, with levels and changes of a ratio kept apart.

Where a number is stored or shown, it is the number people write: 60 % is stored as 60 with unit %.
Inside a formula every quantity is in base units: 60 % is 3/5, 5 个百分点 is 1/20, 1 万元 is 10,000 元,
1 亩 is 2000/3 m². ``to_base`` and ``from_base`` are the two doors; nothing else multiplies by a factor.
Base units: 元, 美元, 人, m (areas m², volumes m³), kg, kWh, 吨标准煤, 天, 月, 年, 工作日, and one for every
word things are counted by (个, 家, 村 …), which adds to itself only.
"""

from zhishu.units.algebra import add, comparable, convert, divide, multiply, power, root, subtract
from zhishu.units.parse import parse_unit
from zhishu.units.quantity import parse_quantity
from zhishu.units.rounded import rounded
from zhishu.units.table import countable, is_time
from zhishu.units.unit import DAY, ONE, PERCENT, POINT, Unit, from_base, to_base

__all__ = [
    "DAY",
    "ONE",
    "PERCENT",
    "POINT",
    "Unit",
    "add",
    "comparable",
    "convert",
    "countable",
    "divide",
    "from_base",
    "is_time",
    "multiply",
    "parse_quantity",
    "parse_unit",
    "power",
    "root",
    "rounded",
    "subtract",
    "to_base",
]
