"""Invalid shapes: repaired by a declared method with the change of area shown, or refused by id."""

import re

import shapely

from zhishu.data.space.raw import read_raw
from zhishu.errors import Problem, ZhishuError
from zhishu.terms import Text

METHOD = "make_valid, structure"
"""How a shape is repaired: GEOS's make_valid, structure method, which keeps what the outer rings enclose."""
# ours: a repair that changes more of the area than this is a new drawing, and its author's to make
MOST_CHANGE = 0.01


def made_valid(shape: shapely.Geometry, name: str, repair: bool = True) -> tuple[shapely.Geometry, float, Text | None]:
    """Return a valid shape, the share of area the repair changed, and the remark that says so (none if it was valid).

    Raises ZhishuError ``space-invalid`` where a repair is not asked for, changes more than 1 % of the area, or leaves
    another kind of shape.

    >>> made_valid(shapely.box(104, 30, 105, 31), "示例园")[1:]
    (0.0, None)
    """
    if shape.is_valid:
        return shape, 0.0, None
    why = shapely.is_valid_reason(shape)
    if not repair:
        raise _refused(name, why, Text("没有要求修正", "no repair was asked for"))
    fixed = shapely.make_valid(shape, method="structure", keep_collapsed=False)
    if fixed.is_empty or shapely.get_dimensions(fixed) != shapely.get_dimensions(shape):
        raise _refused(name, why, Text("修正后不再是同类图形", "repaired it would be another kind of shape"))
    change = _change(shape, fixed)
    if change > MOST_CHANGE:
        said = f"{change * 100:.1f} %"
        raise _refused(name, why, Text(f"修正会使面积变化 {said}", f"a repair would change the area by {said}"))
    percent = f"{change * 100:.4f} %"
    return (
        fixed,
        change,
        Text(
            f"{name} 的图形无效（{why}），已用 {METHOD} 修正，面积变化 {percent}",
            f"the shape of {name} was invalid ({why}) and is repaired by {METHOD}, area changed by {percent}",
        ),
    )


def fault(written: str) -> str:
    """Return where a written shape first crosses itself, x before y as written; nothing if it does not.

    >>> fault("POLYGON ((104 30, 104.01 30.01, 104.01 30, 104 30.01, 104 30))")
    '104.005 30.005'
    >>> fault("POINT (104 30)"), fault("示例")
    ('', '')
    """
    try:
        shape = read_raw(written, "shape")
    except ZhishuError:
        return ""
    place = re.search(r"\[([0-9.eE+-]+) ([0-9.eE+-]+)\]", shapely.is_valid_reason(shape))
    return f"{round(float(place[1]), 6):.10g} {round(float(place[2]), 6):.10g}" if place is not None else ""


def _change(shape: shapely.Geometry, fixed: shapely.Geometry) -> float:
    """Return the share of area that differs; by its rings' own sums, which an invalid shape still has."""
    if shapely.get_dimensions(shape) < 2:
        return 0.0
    before, after = float(shapely.area(shape)), float(shapely.area(fixed))
    return abs(after - before) / max(after, before)


def _refused(name: str, why: str, because: Text) -> ZhishuError:
    what = Text(f"{name} 的图形无效（{why}），{because.zh}", f"the shape of {name} is invalid ({why}); {because.en}")
    return ZhishuError([Problem("space-invalid", name, what, Text("改正图形后再用", "correct the shape"))])
