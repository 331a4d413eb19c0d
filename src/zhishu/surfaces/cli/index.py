"""``zhishu index``: an index from one table, with how sure it is and what makes it unsure."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhishu.errors import ZhishuError
from zhishu.surfaces.cli.out import csv_option, json_option, language, write_csv, write_json, write_table
from zhishu.surfaces.indexed import (
    LEAST,
    LEVEL,
    MOST_RUNS,
    MOST_WINSORISED,
    SHIFT,
    Asked,
    sensitivity_json,
    standings_json,
)
from zhishu.terms import counted

if TYPE_CHECKING:
    from zhishu.score.audit import Finding
    from zhishu.score.steps.sobol import Sensitivity
    from zhishu.score.steps.sure import Varied
    from zhishu.score.table import Standing

FACTORS = {
    "treatment": ("离群处理", "treatment of outliers"),
    "scale": ("标准化", "scale"),
    "mean": ("合成方法", "mean"),
    "weights": ("权重", "weights"),
}


@click.command("index", help="由一张表算指数，并说明有多大把握 · an index from one table, and how sure it is")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--less", multiple=True, metavar="COLUMN", help="越小越好的列 · a column where less is better")
@click.option("--group", "groups", multiple=True, metavar="NAME=A,B", help="归为一组的列 · columns under one heading")
@click.option("--weight", "weights", multiple=True, metavar="NAME=2", help="不是 1 的权重 · a weight that is not 1")
@click.option(
    "--weights-by",
    default="declared",
    show_default=True,
    help="定权 · declared importance equal entropy critic pca",
)
@click.option("--scale", default="minmax", show_default=True, help="标准化 · minmax zscore rank percentile best mpi")
@click.option(
    "--mean",
    default="arithmetic",
    show_default=True,
    help="合成 · arithmetic geometric harmonic copeland outranking topsis mpi owa",
)
@click.option(
    "--winsorise", type=click.IntRange(1, MOST_WINSORISED), metavar="N", help="每列至多收 N 格 · cells drawn in at most"
)
@click.option(
    "--least", type=click.FloatRange(*LEAST), default=1.0, help="每组至少有数的比例 · share that must be known"
)
@click.option(
    "--shift", type=click.FloatRange(*SHIFT), default=0.25, show_default=True, help="权重变动 · weights move by"
)
@click.option("--level", type=click.FloatRange(*LEVEL), default=0.9, show_default=True, help="区间水平 · level")
@click.option("--runs", type=click.IntRange(1, MOST_RUNS), default=1000, show_default=True, help="次数 · runs")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="种子 · seed")
@click.option("--sensitivity", is_flag=True, help="哪个选择影响名次 · which choice moves ranks")
@click.option("--audit", "as_audit", is_flag=True, help="指数有哪些弱点 · what weakens the index")
@json_option
@csv_option
def command(
    file: Path,
    less: Sequence[str],
    groups: Sequence[str],
    weights: Sequence[str],
    weights_by: str,
    scale: str,
    mean: str,
    winsorise: int | None,
    least: float,
    shift: float,
    level: float,
    runs: int,
    seed: int,
    sensitivity: bool,
    as_audit: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the units, the best first; the first column names them, every other is an indicator."""
    from zhishu.score.audit import audit

    if sensitivity and as_audit:
        raise click.UsageError("--sensitivity 与 --audit 只选一个 · choose one of --sensitivity and --audit")
    written = tuple(less), tuple(groups), tuple(weights)
    asked = Asked(*written, scale, mean, winsorise, least, shift, level, runs, seed, weights_by)
    try:
        index = asked.index(file.read_bytes(), file.name)
    except ZhishuError as error:
        misused = [p for p in error.problems if p.code == "index-option"]
        if not misused:
            raise
        # how the command is written, not what the file holds
        raise click.BadParameter("; ".join(f"--{p.where} {p.what.zh} · {p.what.en}" for p in misused)) from None
    if as_json and not as_audit:
        write_json(sensitivity_json(index, asked) if sensitivity else standings_json(index, asked))
        return
    if sensitivity:
        _show_shares(index.sensitivity(shift, level, seed), as_csv)
        return
    varied = index.varied(shift, runs, seed)
    if as_audit:
        _show_findings(file.name, audit(index, varied), varied, as_json, as_csv)
        return
    rows = index.standings(varied, level)
    zh = language() == "zh"
    header = ["名次", "单位", "得分", "名次区间", "档"] if zh else ["rank", "unit", "score", "ranks", "tier"]
    table = [_cells(r, zh) for r in rows]
    if as_csv:
        write_csv(header, table)
        return
    write_table(file.name, header, table)
    told = varied.says().say(language())
    click.echo(f"区间：{told}；水平 {level:.0%}" if zh else f"intervals: {told}; level {level:.0%}", err=True)


def _cells(row: "Standing", zh: bool) -> list[str]:
    if row.score is None or row.rank is None:
        return ["", row.unit, "缺数，不合成" if zh else "a figure is missing: no score", "", ""]
    span = f"{row.rank_from}–{row.rank_to}" if row.rank_from != row.rank_to else f"{row.rank_from}"
    return [str(row.rank), row.unit, f"{row.score:.2f}", span, str(row.tier)]


def _show_findings(name: str, found: "list[Finding]", varied: "Varied", as_json: bool, as_csv: bool) -> None:
    from zhishu.score.audit import CODES, SEVERITIES

    zh, said = language() == "zh", language()
    warnings = sum(f.severity == "warning" for f in found)
    if as_json:
        write_json(
            {
                "schema": 1,
                "varied": varied.says().to_json(),
                "warnings": warnings,
                "findings": [f.to_json() for f in found],
            }
        )
        return
    header = ["程度", "事项", "说明"] if zh else ["severity", "matter", "finding"]
    rows = [[SEVERITIES[f.severity].say(said), CODES[f.code].say(said), f.says.say(said)] for f in found]
    if as_csv:
        write_csv(header, rows)
        return
    write_table(name, header, rows)
    told = varied.says().say(said)
    click.echo(
        f"警示 {warnings} 条，说明 {len(found) - warnings} 条；次序变动按：{told}"
        if zh
        else f"{counted(warnings, 'warning')}, {counted(len(found) - warnings, 'note')}; runs vary: {told}",
        err=True,
    )


def _show_shares(found: "Sensitivity", as_csv: bool) -> None:
    zh = language() == "zh"
    header = ["选择", "单独", "连同交互"] if zh else ["choice", "alone", "with all it acts with"]
    rows = [
        [FACTORS[name][0 if zh else 1], _span(s.first, s.first_bounds), _span(s.total, s.total_bounds)]
        for name, s in found.shares.items()
    ]
    if as_csv:
        write_csv(header, rows)
        return
    write_table("名次变动的来源" if zh else "what moves ranks", header, rows)
    click.echo(
        f"{found.runs} 次计算，失败 {found.failed} 次；方差 {found.variance:.4g}；括号内为 {found.level:.0%} 区间，种子 {found.seed}"
        if zh
        else f"{found.runs} runs, {found.failed} failed; variance {found.variance:.4g}; "
        f"in brackets {found.level:.0%} intervals, seed {found.seed}",
        err=True,
    )


def _span(value: float, bounds: tuple[float, float]) -> str:
    return f"{value:.2f} ({bounds[0]:.2f}–{bounds[1]:.2f})"
