"""The choices of an index in one sentence, as it stands under every page and on paper."""

from collections.abc import Sequence

from zhishu.surfaces.web.index.chosen import MEANS, SCALES, Chosen, typed
from zhishu.terms import Text

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


def _named(names: Sequence[str]) -> Text:
    more = len(names) - NAMED
    told = names[:NAMED]
    return Text(
        "、".join(told) + (f"等 {len(names)} 项" if more > 0 else ""),
        ", ".join(told) + (f" and {more} more" if more > 0 else ""),
    )
