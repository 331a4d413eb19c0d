"""Colours, fonts and letter sizes of the charts: the same values as the tokens of the style sheet."""

PAPER = "#f6f5f1"
SURFACE = "#ffffff"
SUNK = "#f1efe9"
INK = "#1b2631"
INK2 = "#44515e"
INK3 = "#606b76"
LINE = "#e3e0d7"
LINE2 = "#c9c5b9"
BRAND = "#16425e"
SEAL = "#ad3524"
RUNS = ("#7b6a3a", "#1c5a9c", "#7a5c9a")
CLASSES = ("#dfe9ec", "#bfd6de", "#8fb6c5", "#437b95", "#16506f")
LAND = "#ebe8e0"

STATE_INK = {
    "met": "#0a6b58",
    "proven": "#0a6b58",
    "on_track": "#1c5a9c",
    "in_progress": "#16425e",
    "behind": "#835400",
    "far_behind": "#93400a",
    "missed": "#a3281c",
    "undecided": "#525d68",
    "overdue": "#835400",
    "no_report": "#525d68",
}
STATE_GROUND = {"met": "#e2f0eb", "missed": "#f9e5e1"}
AMBER_MARK = "#c07a0a"
RING = "#a39e90"

SANS = (
    "'Noto Sans CJK SC','Source Han Sans SC','Noto Sans SC','PingFang SC','Microsoft YaHei',"
    "'Helvetica Neue',Arial,sans-serif"
)
TICK = 11.5
LABEL = 12.5


def on_class(index: int) -> str:
    """Return the letter colour that reads on a class of the map (at least 4.5:1).

    >>> on_class(0), on_class(4)
    ('#1b2631', '#ffffff')
    """
    return SURFACE if index >= 3 else INK


def run_colour(position: int) -> str:
    """Return the colour of the first, second, third … comparable run; later ones repeat the third."""
    return RUNS[min(position, len(RUNS) - 1)]
