"""The answers of ``zhishu index`` as tables a person reads, or as CSV; what was varied is said on stderr."""

from collections.abc import Sequence

import click
import numpy as np

from zhishu.score.audit_look import named
from zhishu.score.leaving_told import NONE, ends_of, leavings
from zhishu.score.standing import Standing, standings_of
from zhishu.score.steps.sobol import Sensitivity
from zhishu.score.steps.sure import Sure, Told
from zhishu.score.years import WAYS, Panel, YearStanding
from zhishu.surfaces.cli.index_odds import show_chances, show_pairs
from zhishu.surfaces.cli.out import language, write_csv, write_table
from zhishu.surfaces.index_asked import Made
from zhishu.surfaces.index_json import STILL, moved, runs_of
from zhishu.terms import Text, counted

FACTORS: dict[str, Text] = {
    "treatment": Text("离群处理", "treatment of outliers"),
    "scale": Text("标准化", "scale"),
    "mean": Text("合成方法", "mean"),
    "weights": Text("权重", "weights"),
    "data": Text("数据误差", "data error"),
}
"""What may move a result."""


def show(name: str, it: Made, as_csv: bool, told: Told | None) -> None:
    """Print the answer that was asked for."""
    if it.further.view == "sensitivity":
        _show_shares(it, as_csv, told)
    elif it.further.view == "leaving":
        _show_leaving(name, it, as_csv, told)
    else:
        sure = runs_of(it, told)
        if it.further.view == "pairs":
            show_pairs(name, it, sure, as_csv)
        elif it.further.view == "chances":
            show_chances(name, it, sure, as_csv)
        else:
            _show_standings(name, it, sure, as_csv)
        _say_runs(it, sure)


def _show_standings(name: str, it: Made, sure: Sure, as_csv: bool) -> None:
    zh = language() == "zh"
    header = ["名次", "单位", "得分", "名次区间", "档"] if zh else ["rank", "unit", "score", "ranks", "tier"]
    if it.panel is None:
        scores = it.index.study.scores(it.index.recipe)[it.index.study.tree.top]
        rows = standings_of(it.units, scores, sure, it.asked.level)
        table = [_cells(r, zh) for r in rows]
    else:
        header = [
            "年份" if zh else "year",
            *header,
            *(["变化", "变化区间", "上升把握", "补数"] if zh else ["change", "changes", "rose", "filled"]),
        ]
        dated = it.panel.standings_by(sure, it.asked.level)
        rows, table = [r.standing for r in dated], [_dated(r, zh) for r in dated]
    _write(name, header, table, as_csv)
    if it.panel is not None:
        _show_gaps(it.panel, as_csv)
    _say_failed(rows, it.asked.runs)


def _say_failed(rows: Sequence[Standing], runs: int) -> None:
    """Say which units with a score had none in some runs: their intervals are of the others."""
    for row in rows:
        if row.failed and row.score is not None:
            click.echo(
                f"{row.unit}：{runs} 次中 {row.failed} 次没有得分，区间只按其余各次"
                if language() == "zh"
                else f"{row.unit}: no score in {row.failed} of {runs} runs; its intervals are of the others",
                err=True,
            )


def _cells(row: Standing, zh: bool) -> list[str]:
    if row.score is None or row.rank is None:
        return ["", row.unit, "缺数，不合成" if zh else "a figure is missing: no score", "", ""]
    span = f"{row.rank_from}–{row.rank_to}" if row.rank_from != row.rank_to else f"{row.rank_from}"
    return [str(row.rank), row.unit, f"{row.score:.2f}", span, str(row.tier)]


def _dated(row: YearStanding, zh: bool) -> list[str]:
    filled = str(row.filled) if row.filled else ""
    own = [str(row.year), *_cells(row.standing, zh)]
    if row.change is None or row.rose is None:
        return [*own, "", "", "", filled]
    span = "" if row.change_low is None else f"{row.change_low:+.2f} – {row.change_high:+.2f}"
    return [*own, f"{row.change:+.2f}", span, f"{row.rose:.0%}", filled]


def _show_gaps(panel: Panel, as_csv: bool) -> None:
    """Print every cell that was filled and every row that was left out; beside a CSV on stderr."""
    zh = language() == "zh"
    header = ["单位", "年份", "指标", "补为", "取自"] if zh else ["unit", "year", "indicator", "filled with", "from"]
    rows = [[f.unit, str(f.year), f.column, f"{f.value:g}", ", ".join(map(str, f.sources))] for f in panel.filled]
    if rows and as_csv:
        for row in rows:
            click.echo(("补数：" if zh else "filled: ") + " ".join(row), err=True)
    elif rows:
        way = WAYS[panel.filled[0].way]
        write_table(f"补数（{way.zh}）" if zh else f"filled cells: {way.en}", header, rows)
    for one in panel.screened:
        click.echo(
            f"{one.unit} {one.year} 年只有 {one.known:.0%} 的指标有数，当年不合成"
            if zh
            else f"{one.unit} is left out of {one.year}: {one.known:.0%} of its figures are known",
            err=True,
        )


def _show_shares(it: Made, as_csv: bool, told: Told | None) -> None:
    zh, found = language() == "zh", moved(it, told)
    header = ["选择", "单独", "连同交互"] if zh else ["choice", "alone", "with all it acts with"]
    if len(found) > 1:
        header = ["对象" if zh else "what moves", *header]
    rows = []
    for one in found:
        about = one.target.says().say(language())
        for name, s in one.found.shares.items() if one.found is not None else ():
            cells = [FACTORS[name].say(language()), _span(s.first, s.first_bounds), _span(s.total, s.total_bounds)]
            rows.append([about, *cells] if len(found) > 1 else cells)
            # what is looked at is named once for all its choices where a person reads
            about = about if as_csv else ""
    _write("名次变动的来源" if zh else "what moves ranks", header, rows, as_csv)
    whole = found[0].found
    if as_csv or whole is None:
        return
    click.echo(_told_shares(whole, it), err=True)


def _told_shares(found: Sensitivity, it: Made) -> str:
    varied = it.index.opened(it.asked.shift, it.asked.seed).choices()
    if language() == "zh":
        return (
            f"{found.runs} 次计算，失败 {found.failed} 次；方差 {found.variance:.4g}；"
            f"括号内为 {found.level:.0%} 区间，种子 {found.seed}；变动：{varied.zh}"
        )
    return (
        f"{found.runs} runs, {found.failed} failed; variance {found.variance:.4g}; "
        f"in brackets {found.level:.0%} intervals, seed {found.seed}; varied: {varied.en}"
    )


def _show_leaving(name: str, it: Made, as_csv: bool, told: Told | None) -> None:
    zh, said = language() == "zh", language()
    found = leavings(it.units, it.index.study, it.index.recipe, it.years, told)
    header = (
        ["退出单位", "次序改变的对", "失去得分", "独定"]
        if zh
        else ["leaves", "pairs that turn", "lose a score", "sets alone"]
    )
    rows = [
        [
            one.unit,
            "\n".join(s.says().say(said) for s in one.swaps),
            "\n".join(one.lost),
            "\n".join(e.says().say(said) for e in one.sets),
        ]
        for one in found
        if one.swaps or one.lost
    ]
    if as_csv:
        write_csv(header, [[cell.replace("\n", "; ") for cell in row] for row in rows])
        if not rows:
            click.echo(NONE.say(said), err=True)
        return
    if rows:
        # a column that says nothing of anybody is left out
        kept = [n for n in range(len(header)) if any(row[n] for row in rows)]
        write_table(name, [header[n] for n in kept], [[row[n] for n in kept] for row in rows])
    _show_ends(it)
    still = len(found) - len(rows)
    if not rows:
        click.echo(NONE.say(said))
        return
    click.echo(
        f"其余 {still} 个单位退出，次序不变；{STILL.zh}"
        if zh
        else f"{counted(still, 'other unit')} may leave and no order changes; {STILL.en}",
        err=True,
    )


def _show_ends(it: Made) -> None:
    """Print who sets the ends of each scale, where ends set it."""
    zh = language() == "zh"
    found = ends_of(it.units, it.index.study, it.index.recipe)
    if not found:
        return
    header = ["指标", "最小", "由", "最大", "由"] if zh else ["indicator", "minimum", "by", "maximum", "by"]
    rows = [
        [
            low.column,
            f"{low.value:g}",
            named(low.units).say(language()),
            f"{high.value:g}",
            named(high.units).say(language()),
        ]
        for low, high in zip(found[::2], found[1::2], strict=True)
    ]
    write_table("谁定尺度" if zh else "who sets the scales", header, rows)


def _say_runs(it: Made, sure: Sure) -> None:
    told = sure.varied.says().say(language())
    failed = ""
    if sure.failed:
        failed = f"；失败 {sure.failed} 次" if language() == "zh" else f"; {sure.failed} failed"
    level = f"{it.asked.level:.0%}"
    click.echo(
        f"区间：{told}；水平 {level}{failed}" if language() == "zh" else f"intervals: {told}; level {level}{failed}",
        err=True,
    )


def _write(title: str, header: Sequence[str], rows: Sequence[Sequence[str]], as_csv: bool) -> None:
    if as_csv:
        write_csv(header, rows)
    else:
        write_table(title, header, rows)


def _span(value: float, bounds: tuple[float, float]) -> str:
    """Return a share with its bounds, a dash where nothing moves."""
    if np.isnan(value):
        return "–"
    return f"{value:.2f} ({bounds[0]:.2f}–{bounds[1]:.2f})"
