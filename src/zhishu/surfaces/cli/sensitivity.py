"""``zhishu sensitivity``: how sure the ranks of an assessment are: chances of each rank, pairs, tiers, and what moves them."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_json


@click.command("sensitivity", help="名次有多稳 · how sure the ranks of an assessment are")
@click.argument("assessment")
@click.option(
    "--input",
    "form",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="填好的表样 · a filled form",
)
@click.option("--class", "group", required=True, help="类别 · the class")
@click.option("--pairs", is_flag=True, help="两两领先的概率 · chances that one is ahead of another")
@click.option("--shares", is_flag=True, help="哪个选择影响名次 · which choice moves ranks")
@click.option("--purpose", help="用途 · purpose")
@click.option("--runs", type=click.IntRange(1, 10_000), default=1000, show_default=True, help="次数 · runs")
@click.option("--level", type=click.FloatRange(0.01, 0.99), default=0.9, show_default=True, help="区间水平 · level")
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="种子 · seed")
@on_option
@json_option
@csv_option
def command(
    assessment: str,
    form: Path,
    group: str,
    pairs: bool,
    shares: bool,
    purpose: str | None,
    runs: int,
    level: float,
    seed: int,
    on: date,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print for one class the chances of ranks, or of pairs, or what share of the movement of ranks each choice has."""
    from zhishu.study.assessing.sureness import chances_json, pairs_json, shares_json
    from zhishu.surfaces.assessed import Sureness, class_of, run_file
    from zhishu.surfaces.cli.assess import show_grid
    from zhishu.surfaces.opening import opened

    if pairs and shares:
        raise click.UsageError("--pairs 与 --shares 只选一个 · choose one of --pairs and --shares")
    study = opened(with_systems=False)
    run = run_file(study, assessment, form.read_bytes(), form.name, on, purpose)
    how = Sureness(runs, seed, level)
    told = shares_json(run, group, level, seed) if shares else None
    if told is None:
        sure = class_of(run, group, how)
        told = pairs_json(sure) if pairs else chances_json(sure)
    if as_json:
        write_json({"schema": 1, "id": assessment, "class": group, **told})
        return
    show_grid(run.assessment.groups[group].name.say(language()), told, as_csv)
