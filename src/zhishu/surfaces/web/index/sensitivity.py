"""Sensitivity: which choice moves ranks, alone and together with the others, with intervals."""

import importlib.util
import math

from zhishu.score.index import MOST_WORK
from zhishu.score.steps.sobol import Share
from zhishu.surfaces.web.charts.spans import Span, SpanRow, Spans, spans_chart, spans_size
from zhishu.surfaces.web.index.made import Made
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text

BASES = (256, 128, 64)
FACTORS: dict[str, Text] = {
    "treatment": Text("离群处理", "treatment"),
    "scale": Text("标准化", "scale"),
    "mean": Text("合成方法", "mean"),
    "weights": Text("权重", "choice of weights"),
}


def view(made: Made) -> View:
    """Return the shares of the choices. Raises ZhishuError as ``Index.sensitivity``."""
    c = made.chosen
    if importlib.util.find_spec("scipy") is None:
        title = Text("本机没有安装 SciPy，算不了敏感性", "SciPy is not installed here: no sensitivity")
        return View(
            title,
            Text("安装：pip install zhishu[sensitivity]", "Install it: pip install zhishu[sensitivity]"),
            {"rows": []},
        )
    found = made.index.sensitivity(c.shift, c.level, c.seed, _base(made))
    percent = f"{c.level * 100:.4g}%"
    moves = found.variance > 0 and all(math.isfinite(s.total) for s in found.shares.values())
    if not moves:
        title = Text("换方法、动权重，名次都不动", "No choice moves the ranks")
    else:
        most, share = max(found.shares.items(), key=lambda pair: pair[1].total)
        name = FACTORS[most]
        title = Text(
            f"最影响名次的是{name.zh}：连同交互占 {share.total:.0%}",
            f"What moves ranks most is the {name.en}: {share.total:.0%}, interactions included",
        )
    lede = Text(
        f"离群处理、标准化、合成方法各在所选与其他做法之间变，权重各动 ±{c.shift:.0%}；"
        f"{found.runs:,} 次计算，失败 {found.failed} 次，种子 {found.seed}；横线为 {percent} 区间。",
        f"Treatment, scale and mean vary between the chosen way and others, weights by ±{c.shift:.0%}; "
        f"{found.runs:,} runs, {found.failed} failed, seed {found.seed}; lines are {percent} intervals.",
    )
    rows = [(FACTORS[id], s) for id, s in found.shares.items()]
    return View(
        title,
        lede,
        {
            "rows": [(name, _said(s.first, s.first_bounds), _said(s.total, s.total_bounds)) for name, s in rows],
            "drawn": _drawing(made, rows) if moves else None,
            "variance": f"{found.variance:.4g}",
        },
    )


def _base(made: Made) -> int:
    """Return the points that a table allows: fewer of a large one, with wider intervals."""
    units, columns = len(made.sheet.units), len(made.index.study.columns)
    once = columns * (units * units // 7 + 1000) if made.chosen.mean == "copeland" else units * (columns + 10)
    return next((base for base in BASES if base * 6 * once <= MOST_WORK), BASES[-1])


def _said(value: float, bounds: tuple[float, float]) -> str:
    if not math.isfinite(value):
        return "–"
    return f"{value:.2f} ({bounds[0]:.2f}–{bounds[1]:.2f})".replace("-", "−")


def _drawing(made: Made, rows: list[tuple[Text, Share]]) -> dict[str, str]:
    chart = Spans(
        Text("名次变动的来源", "What moves ranks"),
        Text(
            "每个选择单独的份额，和连同交互的份额", "the share of each choice alone, and with all it acts together with"
        ),
        tuple(
            SpanRow(
                name.say(made.lang),
                (Span(s.first, *s.first_bounds, filled=True), Span(s.total, *s.total_bounds, filled=False)),
            )
            for name, s in rows
        ),
    )
    return {
        place: spans_chart(chart, made.lang, spans_size(place, len(rows), made.text))
        for place in ("wide", "narrow", "paper")
    }
