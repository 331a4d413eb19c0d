"""Whether one region lies in another: true within, unknown where only a wider region is given, else false."""

from collections.abc import Mapping

from zhishu.data.region_words import SPECIMEN
from zhishu.formula.evaluate import Value
from zhishu.logic import Unknown


def lies_in(place: Value, area: Value, above: Mapping[str, tuple[str, ...]]) -> Value:
    """Return whether a region is another or lies in it.

    ``above`` gives the labels of the regions each real region lies in. A specimen lies in the specimen whose name
    its own begins with, as a county written with its prefecture does. What is no region, such as 全部, is unknown.

    >>> above = {"武侯区": ("成都市", "四川省"), "成都市": ("四川省",), "绵阳市": ("四川省",)}
    >>> lies_in("武侯区", "成都市", above), lies_in("武侯区", "绵阳市", above), lies_in("示例市示例县", "示例市", above)
    (True, False, True)
    >>> lies_in("成都市", "武侯区", above)
    Unknown(reason='wider_place', detail='')
    """
    for value in (place, area):
        if isinstance(value, Unknown):
            return value
    if not isinstance(place, str) or not isinstance(area, str) or not _known(place, above) or not _known(area, above):
        return Unknown("domain", "not a region")
    if _inside(place, area, above):
        return True
    return Unknown("wider_place") if _inside(area, place, above) else False


def _known(text: str, above: Mapping[str, tuple[str, ...]]) -> bool:
    return text in above or text.startswith(SPECIMEN)


def _inside(place: str, area: str, above: Mapping[str, tuple[str, ...]]) -> bool:
    if area.startswith(SPECIMEN):
        return place.startswith(area)
    return place == area or area in above.get(place, ())
