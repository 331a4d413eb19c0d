"""Charts as SVG text: pure functions from small frozen drawings to one ``<svg role="img">`` each."""

from zhishu.surfaces.web.charts.bands import bands
from zhishu.surfaces.web.charts.bar import bar
from zhishu.surfaces.web.charts.boundaries import Boundaries, load_boundaries
from zhishu.surfaces.web.charts.choropleth import choropleth, locator
from zhishu.surfaces.web.charts.dots import dot_strip
from zhishu.surfaces.web.charts.drawings import drawings
from zhishu.surfaces.web.charts.interval import interval_line
from zhishu.surfaces.web.charts.png import to_png
from zhishu.surfaces.web.charts.series import series_chart
from zhishu.surfaces.web.charts.strip import strip_plot

__all__ = [
    "Boundaries",
    "bands",
    "bar",
    "choropleth",
    "dot_strip",
    "drawings",
    "interval_line",
    "load_boundaries",
    "locator",
    "series_chart",
    "strip_plot",
    "to_png",
]
