"""Units of differences, for arithmetic in words."""


def points_unit(unit: str) -> str:
    """Return the unit of a difference: 个百分点 for percentages.

    >>> points_unit("%"), points_unit("km")
    ('个百分点', 'km')
    """
    return "个百分点" if unit == "%" else unit
