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
    "人": Text("人", "people"),
    "户": Text("户", "households"),
    "村": Text("村", "villages"),
    "件": Text("件", ""),
    "位": Text("位", ""),
    "次": Text("次", ""),
    "批": Text("批", ""),
    "块": Text("块", ""),
    "级": Text("级", ""),
    "套": Text("套", ""),
    "台": Text("台", ""),
    "小时": Text("小时", "hours"),
    "吨": Text("吨", "t"),
    "米": Text("米", "m"),
    "公里": Text("公里", "km"),
    "公里/小时": Text("公里/小时", "km/h"),
    "m/秒": Text("m/秒", "m/s"),
    "m3/秒": Text("m3/秒", "m3/s"),
    "m3/天": Text("m3/天", "m3/day"),
    "万m3": Text("万m3", "× 10,000 m3"),
    "元/m3": Text("元/m3", "yuan/m3"),
    "万千瓦": Text("万千瓦", "× 10 MW"),
    "亿千瓦时": Text("亿千瓦时", "× 100 million kWh"),
    "亿立方米/年": Text("亿立方米/年", "× 100 million m3/year"),
    "万元/公顷": Text("万元/公顷", "× 10,000 yuan/ha"),
    "家/县": Text("家/县", "per county"),
    "家/年": Text("家/年", "a year"),
    "个/村": Text("个/村", "per village"),
    "所/乡镇": Text("所/乡镇", "per township"),
    "策/河": Text("策/河", "per river"),
    "mg/(L·年)": Text("mg/(L·年)", "mg/(L year)"),
    "个方面": Text("个方面", "aspects"),
}


def unit_words(unit: str) -> Text:
    """Return how a unit reads in each language; one without words stays as it is.

    >>> unit_words("天").en, unit_words("MW").zh
    ('days', 'MW')
    """
    return UNITS.get(unit, Text(unit, unit))
