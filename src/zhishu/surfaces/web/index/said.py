"""The choices of an index in one sentence, as it stands under every page and on paper."""

import re
import shlex
from collections.abc import Sequence

from zhishu.surfaces.web.index.chosen import MEANS, PLAIN, SCALES, Chosen, typed
from zhishu.surfaces.web.index.sheet import Sheet
from zhishu.terms import Text

_BARE = re.compile(r"[\w.,=+/-]+")
NAMED = 6
"""So many names are told, the others counted."""


def choices_said(chosen: Chosen, columns: Sequence[str]) -> Text:
    """Return what was chosen: scale, mean, what is better when less, headings, weights that are not 1, what is left out.

    >>> choices_said(Chosen(frozenset({2}), weights={1: 2.0}), ["产出", "能耗"]).en
    'min-max: worst 1, best 100; arithmetic (compensates); outliers as they are; better when less: 能耗; weights: 产出 2, others 1'
    """
    n = chosen.winsorise
    zh = [SCALES[chosen.scale].zh, MEANS[chosen.mean].zh, f"每列至多收缩 {n} 格" if n else "离群值不处理"]
    en = [
        SCALES[chosen.scale].en,
        MEANS[chosen.mean].en,
        f"at most {n} cells drawn in" if n else "outliers as they are",
    ]
    if chosen.least < 1:
        zh.append(f"每组有 {chosen.least:.0%} 的数即合成")
        en.append(f"scored with {chosen.least:.0%} of a heading known")
    for words, places in (
        (Text("越小越好", "better when less"), chosen.less - chosen.out),
        (Text("不用", "left out"), chosen.out),
    ):
        if places:
            told = _named([columns[p - 1] for p in sorted(places)])
            zh.append(f"{words.zh}：{told.zh}")
            en.append(f"{words.en}: {told.en}")
    if headings := chosen.named():
        told = _named(headings)
        zh.append(f"分组：{told.zh}")
        en.append(f"headings: {told.en}")
    weights = [(columns[p - 1], w) for p, w in sorted(chosen.weights.items()) if w != 1 and p not in chosen.out]
    weights += [(h, w) for h, w in chosen.own.items() if w != 1]
    if weights:
        told = _named([f"{name} {typed(w)}" for name, w in weights])
        zh.append(f"权重：{told.zh}，其余 1")
        en.append(f"weights: {told.en}, others 1")
    else:
        zh.append("权重都为 1")
        en.append("all weights 1")
    return Text("；".join(zh), "; ".join(en))


def command_said(chosen: Chosen, sheet: Sheet, more: str = "") -> str | None:
    """Return the command that gives the same; None for what the command line has no words for: a column left out, or
    names in headings that hold its signs.

    >>> from zhishu.surfaces.web.index.sheet import sheet_of
    >>> sheet = sheet_of("单位,能耗\\n示例甲,1\\n".encode(), "my table.csv")
    >>> command_said(Chosen(frozenset({1}), seed=2), sheet, "--audit")
    "zhishu index 'my table.csv' --less 能耗 --seed 2 --audit"
    """
    options = chosen.options(sheet.columns)
    groups = options.get("groups", {})
    grouped = [name for heading, columns in groups.items() for name in (heading, *columns)]
    weights = {n: w for n, w in options.get("weights", {}).items() if w != 1}
    if chosen.out or any("," in name or "=" in name for name in grouped) or any("=" in name for name in weights):
        return None
    words = ["zhishu", "index", sheet.name]
    for column in options.get("less_is_better", ()):
        words += ["--less", column]
    for heading, columns in groups.items():
        words += ["--group", f"{heading}={','.join(columns)}"]
    for name, weight in weights.items():
        words += ["--weight", f"{name}={typed(weight)}"]
    method, shares = chosen.method(), {"least": chosen.least, "shift": chosen.shift, "level": chosen.level}
    for key, value in method.items():
        if value != PLAIN[key]:
            words += [f"--{key}", typed(shares[key]) if key in shares else value]
    return " ".join([*(w if _BARE.fullmatch(w) else shlex.quote(w) for w in words), more]).strip()


def _named(names: Sequence[str]) -> Text:
    more = len(names) - NAMED
    told = names[:NAMED]
    return Text(
        "、".join(told) + (f"等 {len(names)} 项" if more > 0 else ""),
        ", ".join(told) + (f" and {more} more" if more > 0 else ""),
    )
