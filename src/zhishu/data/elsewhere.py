"""Places outside the regions of a pack: known by the two digits or the name of their province (GB/T 2260-2007)."""

import re

from zhishu.data.region_names import name_key
from zhishu.data.regions import Region, Regions
from zhishu.terms import Text

PROVINCES: dict[str, Text] = {
    "11": Text("北京市", "Beijing"),
    "12": Text("天津市", "Tianjin"),
    "13": Text("河北省", "Hebei"),
    "14": Text("山西省", "Shanxi"),
    "15": Text("内蒙古自治区", "Inner Mongolia"),
    "21": Text("辽宁省", "Liaoning"),
    "22": Text("吉林省", "Jilin"),
    "23": Text("黑龙江省", "Heilongjiang"),
    "31": Text("上海市", "Shanghai"),
    "32": Text("江苏省", "Jiangsu"),
    "33": Text("浙江省", "Zhejiang"),
    "34": Text("安徽省", "Anhui"),
    "35": Text("福建省", "Fujian"),
    "36": Text("江西省", "Jiangxi"),
    "37": Text("山东省", "Shandong"),
    "41": Text("河南省", "Henan"),
    "42": Text("湖北省", "Hubei"),
    "43": Text("湖南省", "Hunan"),
    "44": Text("广东省", "Guangdong"),
    "45": Text("广西壮族自治区", "Guangxi"),
    "46": Text("海南省", "Hainan"),
    "50": Text("重庆市", "Chongqing"),
    "51": Text("四川省", "Sichuan"),
    "52": Text("贵州省", "Guizhou"),
    "53": Text("云南省", "Yunnan"),
    "54": Text("西藏自治区", "Tibet"),
    "61": Text("陕西省", "Shaanxi"),
    "62": Text("甘肃省", "Gansu"),
    "63": Text("青海省", "Qinghai"),
    "64": Text("宁夏回族自治区", "Ningxia"),
    "65": Text("新疆维吾尔自治区", "Xinjiang"),
    "71": Text("台湾省", "Taiwan"),
    "81": Text("香港特别行政区", "Hong Kong"),
    "82": Text("澳门特别行政区", "Macao"),
}
_ENDINGS = re.compile("(壮族|回族|维吾尔)?(省|市|自治区|特别行政区)$")


def elsewhere(text: str, regions: Regions) -> Region | None:
    """Return the province a place lies in, where it is none that the regions know; None where nothing says so.

    >>> nowhere = Regions({}, {}, ())
    >>> elsewhere("420106", nowhere).name.zh, elsewhere("重庆渝中区", nowhere).code, elsewhere("武汉市", nowhere)
    ('湖北省', '500000', None)
    """
    word = name_key(text)
    own = {code[:2] for code in regions.by_code}
    for code, name in PROVINCES.items():
        if code in own:
            continue
        named = word.startswith(_ENDINGS.sub("", name.zh)) or word == name_key(name.en)
        if named or (len(word) == 6 and word.isdigit() and word.startswith(code)):
            return Region(f"{code}0000", name, "province", "", None, None, None, None)
    return None


def within(regions: Regions) -> Text | None:
    """Return the province the regions cover, where it is one."""
    found = [PROVINCES[c] for c in sorted({code[:2] for code in regions.by_code}) if c in PROVINCES]
    return found[0] if len(found) == 1 else None
