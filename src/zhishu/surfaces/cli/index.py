"""``zhishu index``: an index from one table, with how sure it is, what makes it unsure, and whose leaving turns the order."""

from collections.abc import Sequence
from pathlib import Path

import click

from zhishu.errors import ZhishuError
from zhishu.surfaces.cli.out import csv_option, json_option, language, write_json
from zhishu.surfaces.cli.progress import progress
from zhishu.surfaces.index_asked import SCREEN, Further, Made, View, answer, made
from zhishu.surfaces.indexed import LEAST, LEVEL, MOST_RUNS, MOST_WINSORISED, SHIFT, Asked

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("index", help="由一张表算指数，并说明有多大把握 · an index from one table, and how sure it is")
@click.argument("file", type=_FILE)
@click.option("--less", multiple=True, metavar="COLUMN", help="越小越好的列 · a column where less is better")
@click.option("--group", "groups", multiple=True, metavar="NAME=A,B", help="归为一组的列 · columns under one heading")
@click.option("--weight", "weights", multiple=True, metavar="NAME=2", help="不是 1 的权重 · a weight that is not 1")
@click.option(
    "--weights-by",
    default="declared",
    show_default=True,
    help="定权 · declared importance equal entropy critic pca",
)
@click.option(
    "--scale",
    default="minmax",
    show_default=True,
    help="标准化 · minmax zscore rank percentile best mpi minmax0 none",
)
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
@click.option("--year", default="", metavar="COLUMN", help="年份列，每个单位每年一行 · column of years")
@click.option("--fill", default="", metavar="WAY", help="跨年补数 · latest linear constant linear_constant")
@click.option(
    "--screen", type=click.FloatRange(*SCREEN), default=0.0, help="当年至少有数的比例 · share known to stay in a year"
)
@click.option("--by", default="", metavar="COLUMN", help="单位分组列 · column of groups of units")
@click.option(
    "--error", "errors", multiple=True, metavar="COLUMN=3%", help="误差：3%、0.5 或可信度 · error of a column"
)
@click.option(
    "--class", "classes", multiple=True, metavar="low=10%", help="可信度的误差 · error of high, medium, low, carried"
)
@click.option("--confidence", type=_FILE, help="逐格可信度的表 · table of the confidence of each cell")
@click.option("--vintage", type=_FILE, help="另一版本的表 · table of the other vintage")
@click.option("--vary", multiple=True, metavar="CHOICE", help="也变动 · also vary treatment, scale, mean")
@click.option("--sensitivity", is_flag=True, help="哪个选择影响名次 · which choice moves ranks")
@click.option("--of", "units", multiple=True, metavar="UNIT", help="也看一个单位，* 为全部 · and of a unit, * all")
@click.option("--leaving", is_flag=True, help="谁退出改变其余次序 · whose leaving turns the order of others")
@click.option("--pairs", is_flag=True, help="两两领先的把握 · how likely each is ahead of each other")
@click.option("--chances", is_flag=True, help="各名次的概率 · how likely each rank is")
@click.option("--audit", is_flag=True, help="指数有哪些弱点 · what weakens the index")
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
    year: str,
    fill: str,
    screen: float,
    by: str,
    errors: Sequence[str],
    classes: Sequence[str],
    confidence: Path | None,
    vintage: Path | None,
    vary: Sequence[str],
    sensitivity: bool,
    units: Sequence[str],
    leaving: bool,
    pairs: bool,
    chances: bool,
    audit: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the units, the best first; the first column names them, every other is an indicator."""
    views: dict[View, bool] = {"sensitivity": sensitivity, "leaving": leaving, "pairs": pairs, "chances": chances}
    chosen = [view for view, asked in views.items() if asked]
    if len(chosen) + audit > 1:
        names = [f"--{name}" for name in (*views, "audit")]
        raise click.UsageError(f"{'、'.join(names)} 只选一个 · choose one of {', '.join(names)}")
    if audit and year:
        raise click.UsageError("--audit 只看一年的表 · --audit looks at a table of one year")
    written = tuple(less), tuple(groups), tuple(weights)
    asked = Asked(*written, scale, mean, winsorise, least, shift, level, runs, seed, weights_by)
    further = Further(
        view=chosen[0] if chosen else "standings",
        year=year,
        fill=fill,
        screen=screen,
        by=by,
        errors=tuple(errors),
        classes=tuple(classes),
        confidence=(confidence.name, confidence.read_bytes()) if confidence else None,
        vintage=(vintage.name, vintage.read_bytes()) if vintage else None,
        units=tuple(units),
        vary=tuple(vary),
    )
    it = _made(file, asked, further)
    told = progress(language())
    if audit:
        from zhishu.surfaces.cli.index_audit import show_audit

        show_audit(file.name, it, as_json, as_csv)
    elif as_json:
        write_json(answer(it, told))
    else:
        from zhishu.surfaces.cli.index_shown import show

        show(file.name, it, as_csv, told)


def _made(file: Path, asked: Asked, further: Further) -> Made:
    try:
        return made(file.read_bytes(), file.name, asked, further)
    except ZhishuError as error:
        misused = [p for p in error.problems if p.code == "index-option"]
        if not misused:
            raise
        # how the command is written, not what the file holds
        raise click.BadParameter("; ".join(f"--{p.where} {p.what.zh} · {p.what.en}" for p in misused)) from None
