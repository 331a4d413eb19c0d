"""``zhishu compare``: two runs of an assessment side by side, of two forms or by two versions."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import csv_option, json_option, on_option, write_json

_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("compare", help="两次考核逐单位对比 · two runs of an assessment side by side")
@click.argument("assessment")
@click.argument("before", type=_FILE)
@click.argument("after", type=_FILE, required=False)
@click.option("--with", "other", help="同一张表样按另一版方案算 · the same form by another version")
@click.option("--purpose", help="用途 · purpose")
@on_option
@json_option
@csv_option
def command(
    assessment: str,
    before: Path,
    after: Path | None,
    other: str | None,
    purpose: str | None,
    on: date,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print every unit that differs: totals, ranks, awards, and the indicators that changed most."""
    from zhishu.score.assess.compare import compare
    from zhishu.study.assessing import assessment_of
    from zhishu.study.assessing.around import moved_json
    from zhishu.surfaces.assessed import run_as, run_file
    from zhishu.surfaces.cli.assess import show_moved
    from zhishu.surfaces.opening import opened

    if (after is None) == (other is None):
        raise click.UsageError("给出第二个文件，或 --with 另一版方案 · give a second file, or --with another version")
    study = opened(with_systems=False)
    first = run_file(study, assessment, before.read_bytes(), before.name, on, purpose)
    if after is not None:
        second = run_file(study, assessment, after.read_bytes(), after.name, on, purpose)
    else:
        second = run_as(assessment_of(study, str(other)), first)
    found = compare(first.assessed, second.assessed)
    if as_json:
        write_json(moved_json(first, second, found))
    else:
        show_moved(first, found, as_csv)
