"""``zhishu template``: the Excel form of a system or an assessment."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import on_option


@click.command("template", help="系统或考核方案的 Excel 表样 · the Excel form of a system or an assessment")
@click.argument("system")
@click.option("--out", type=click.Path(path_type=Path), help="写到哪里（默认 系统编号.xlsx）· where to write")
@click.option("--specimen", is_flag=True, help="考核方案：填好示例数 · an assessment: filled with specimens (示例)")
@click.option("--seed", type=int, default=1, show_default=True, help="示例的种子 · seed of the specimens")
@on_option
def command(system: str, out: Path | None, specimen: bool, seed: int, on: date) -> None:
    """Write the form with the parameters in force on a day; an existing file is not overwritten."""
    from zhishu.errors import Problem, ZhishuError
    from zhishu.surfaces.assessed import form_book
    from zhishu.surfaces.excel.template import template
    from zhishu.surfaces.opening import opened
    from zhishu.terms import Text

    study = opened()
    if system in study.pack.assessments:
        content = form_book(study, system, seed if specimen else None)
    elif specimen:
        raise click.UsageError("--specimen 只用于考核方案 · --specimen is for assessments only")
    else:
        content = template(study.pack.system(system), study.pack.catalogue[system].name, on)
    target = out or Path(f"{system}.xlsx")
    if target.exists():
        what = Text(f"{target.name} 已存在，没有覆盖", f"{target.name} exists and was not overwritten")
        raise ZhishuError([Problem("output-exists", str(target), what, Text("换个名字", "choose another name"))])
    target.write_bytes(content)
    click.echo(str(target))
