"""How likely ranks and pairs are, as tables a person reads: all of a few units, of many what matters of each."""

from collections.abc import Sequence

import numpy as np

from zhishu.score.chances import Chances, Pairs, pairs_of
from zhishu.score.steps.sure import Sure
from zhishu.surfaces.cli.out import language, write_csv, write_table
from zhishu.surfaces.index_asked import Made
from zhishu.surfaces.index_json import by_year, chances
from zhishu.terms import counted

WHOLE = 10
"""Units up to which the whole table of ranks or of pairs is shown."""
_TOLD = 5


def show_chances(name: str, it: Made, sure: Sure, as_csv: bool) -> None:
    """Print how likely each rank is."""
    zh = language() == "zh"
    found = chances(it, sure)
    if as_csv:
        header = ["单位", "名次", "概率"] if zh else ["unit", "rank", "chance"]
        listed = [
            [*year, c.unit, rank, share]
            for year, part in zip(_years(it), found, strict=True)
            for c in part
            for rank, share in [*((str(r), s) for r, s in c.ranks.items()), *([("", c.none)] if c.none else [])]
        ]
        write_csv([*_year_head(it), *header], listed)
        return
    for year, part in zip(_years(it), found, strict=True):
        title = " ".join([name, *year])
        if len(part) <= WHOLE:
            places = range(1, len(part) + 1)
            lost = any(c.none for c in part)
            header = ["单位" if zh else "unit", *(f"第 {n}" if zh else f"{n}" for n in places)]
            header += ["无得分" if zh else "no score"] * lost
            rows = [
                [c.unit, *(_share(c.ranks[n]) if n in c.ranks else "" for n in places), *[_share(c.none)] * lost]
                for c in part
            ]
        else:
            header = (
                ["单位", "第一", "前三", "最可能的名次"] if zh else ["unit", "first", "first three", "likeliest ranks"]
            )
            rows = [[c.unit, _share(c.at_least(1)), _share(c.at_least(3)), _likeliest(c, zh)] for c in part]
        write_table(title, header, rows)


def show_pairs(name: str, it: Made, sure: Sure, as_csv: bool) -> None:
    """Print how likely each unit is ahead of each other, and which cannot be told apart."""
    zh = language() == "zh"
    found = [pairs_of(it.units, part, it.asked.level) for part in by_year(it, sure)]
    if as_csv:
        header = ["单位", "另一单位", "领先概率"] if zh else ["unit", "other", "ahead"]
        listed = [
            [*year, first, second, "" if np.isnan(share) else float(share)]
            for year, pairs in zip(_years(it), found, strict=True)
            for first, row in zip(pairs.units, pairs.ahead, strict=True)
            for second, share in zip(pairs.units, row, strict=True)
            if first != second
        ]
        write_csv([*_year_head(it), *header], listed)
        return
    for year, pairs in zip(_years(it), found, strict=True):
        title = " ".join([name, *year])
        if len(pairs.units) <= WHOLE:
            header = ["档" if zh else "tier", "单位" if zh else "unit", *pairs.units]
            rows = [
                [str(pairs.tiers[n]), unit, *("–" if n == m else _share(x) for m, x in enumerate(pairs.ahead[n]))]
                for n, unit in enumerate(pairs.units)
            ]
        else:
            header = (
                ["档", "单位", "领先下一个", f"{pairs.level:.0%} 水平上分不出的"]
                if zh
                else ["tier", "unit", "ahead of the next", f"not told apart at {pairs.level:.0%}"]
            )
            rows = [_row(pairs, n, zh) for n in range(len(pairs.units))]
        write_table(title, header, rows)


def _row(pairs: Pairs, n: int, zh: bool) -> list[str]:
    ahead = _share(pairs.ahead[n, n + 1]) if n + 1 < len(pairs.units) else ""
    unsure = [pairs.units[m] for m in pairs.unsure(n)]
    more = len(unsure) - _TOLD
    told = ("、" if zh else ", ").join(unsure[:_TOLD])
    if more > 0:
        told += f" 等 {len(unsure)} 个" if zh else f" and {counted(more, 'other')}"
    return [str(pairs.tiers[n]), pairs.units[n], ahead, told]


def _likeliest(chances: Chances, zh: bool) -> str:
    found = [
        f"{rank}（{_share(share)}）" if zh else f"{rank} ({_share(share)})" for rank, share in chances.likeliest(_TOLD)
    ]
    return ("、" if zh else ", ").join(found) or ("没有得分" if zh else "no score")


def _share(share: float) -> str:
    """Return a share in percent, so that neither a small chance reads as none nor a great one as certain."""
    if np.isnan(share):
        return ""
    if 0 < share < 0.005:
        return "<1%"
    return ">99%" if 0.995 <= share < 1 else f"{share:.0%}"


def _years(it: Made) -> list[list[str]]:
    return [[str(y)] for y in it.years] or [[]]


def _year_head(it: Made) -> Sequence[str]:
    if not it.years:
        return []
    return ["年份" if language() == "zh" else "year"]
