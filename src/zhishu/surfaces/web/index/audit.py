"""The audit in words: what weakens the index, warnings first."""

from itertools import groupby

from zhishu.score.audit import CODES, audit
from zhishu.surfaces.web.index.heavy import too_heavy
from zhishu.surfaces.web.index.made import Made
from zhishu.surfaces.web.index.view import View
from zhishu.terms import Text, counted

SHOWN = 12
"""Findings of one kind that are open; more are folded."""


def view(made: Made) -> View:
    """Return the findings by their kind."""
    made.index.bounded(made.varied.runs, made.varied.means)
    why = too_heavy(made)
    found = [] if why else audit(made.index, made.varied)
    warnings = sum(f.severity == "warning" for f in found)
    groups = [
        {"name": CODES[code], "warns": severity == "warning", "findings": list(of)}
        for (severity, code), of in groupby(found, key=lambda f: (f.severity, f.code))
    ]
    told = made.varied.says()
    title = (
        Text("这张表太大，审计请用命令行", "The table is too large for an audit here")
        if why
        else Text(
            f"{warnings} 条警示，{len(found) - warnings} 条说明",
            f"{counted(warnings, 'warning')}, {counted(len(found) - warnings, 'note')}",
        )
    )
    lede = Text(
        f"警示要求说明理由，并不禁止。界限（权重的两倍、相关系数 0.92、一成的计算）为惯例。次序变动按：{told.zh}。",
        "A warning asks for a reason, it forbids nothing. The limits (twice the weight, a correlation of 0.92, a tenth "
        f"of the runs) are habits. Runs vary: {told.en}.",
    )
    return View(title, lede, {"groups": groups, "why": why, "shown": SHOWN})
