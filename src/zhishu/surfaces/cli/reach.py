"""``zhishu reach``: what it would take for a unit to reach a total or a rank, by figures policy can move."""

from datetime import date
from fractions import Fraction
from pathlib import Path

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, write_json, write_table


@click.command("reach", help="一个单位要达到某分或某名次需要什么 · what a unit would need for a total or a rank")
@click.argument("assessment")
@click.option(
    "--input",
    "form",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="填好的表样 · a filled form",
)
@click.option("--unit", required=True, help="单位 · the unit")
@click.option("--total", type=float, help="要达到的总分 · total to reach")
@click.option("--rank", type=click.IntRange(1), help="要达到的名次 · rank to reach")
@click.option("--purpose", help="用途 · purpose")
@on_option
@json_option
def command(
    assessment: str,
    form: Path,
    unit: str,
    total: float | None,
    rank: int | None,
    purpose: str | None,
    on: date,
    as_json: bool,
) -> None:
    """Print each figure alone, and all together; weights, classes and bonus stay. The use is logged."""
    from zhishu.score.assess.reach import Aim
    from zhishu.study.assessing.around import reach_json, reach_rows
    from zhishu.surfaces.assessed import log_aim, reach_of, run_file
    from zhishu.surfaces.opening import opened

    if (total is None) == (rank is None):
        raise click.UsageError("给出 --total 或 --rank 之一 · give one of --total and --rank")
    study = opened(with_systems=False)
    run = run_file(study, assessment, form.read_bytes(), form.name, on, purpose)
    aim = Aim(None if total is None else Fraction(str(total)), rank)
    found = reach_of(run, unit, aim)
    log_aim(assessment, unit, aim, on)
    if as_json:
        write_json(reach_json(run, found, aim))
        return
    head, rows, tail = reach_rows(run, found, language())
    write_table(unit, head, rows)
    for line in tail:
        click.echo(line, err=True)
