"""How units read in each language."""

from zhishu.terms import Text

# Units whose short form reads well in one language only; all others stand as they are declared.
UNITS: dict[str, Text] = {
    "index": Text("", ""),
    "1": Text("", ""),
    "km": Text("公里", "km"),
    "公顷": Text("公顷", "ha"),
    "亩": Text("亩", "mu"),
    "万元": Text("万元", "× 10,000 yuan"),
    "元/亩": Text("元/亩", "yuan/mu"),
    "万个": Text("万个", "× 10,000"),
    "年": Text("年", "years"),
    "月": Text("月", "months"),
    "家": Text("家", ""),
    "所": Text("所", ""),
    "支": Text("支", ""),
    "条": Text("条", ""),
    "枚": Text("枚", ""),
    "份": Text("份", ""),
    "策": Text("策", ""),
    "个百分点": Text("个百分点", "percentage points"),
    "万人": Text("万人", "× 10,000 people"),
    "亿元": Text("亿元", "× 100 million yuan"),
    "万美元": Text("万美元", "× 10,000 US dollars"),
    "元": Text("元", "yuan"),
    "天": Text("天", "days"),
    "个": Text("个", ""),
    "项": Text("项", ""),
}


def unit_words(unit: str) -> Text:
    """Return how a unit reads in each language; one without words stays as it is.

    >>> unit_words("天").en, unit_words("MW").zh
    ('days', 'MW')
    """
    return UNITS.get(unit, Text(unit, unit))
