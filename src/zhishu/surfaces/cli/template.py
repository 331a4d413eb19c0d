"""``zhishu template``: the Excel form of a system."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import on_option


@click.command("template", help="系统的 Excel 表样 · the Excel form of a system")
@click.argument("system")
@click.option("--out", type=click.Path(path_type=Path), help="写到哪里（默认 系统编号.xlsx）· where to write")
@on_option
def command(system: str, out: Path | None, on: date) -> None:
    """Write the form with the parameters in force on a day; an existing file is not overwritten."""
    from zhishu.errors import Problem, ZhishuError
    from zhishu.surfaces.excel.template import template
    from zhishu.surfaces.opening import opened
    from zhishu.terms import Text

    pack = opened().pack
    content = template(pack.system(system), pack.catalogue[system], on)
    target = out or Path(f"{system}.xlsx")
    if target.exists():
        what = Text(f"{target.name} 已存在，没有覆盖", f"{target.name} exists and was not overwritten")
        raise ZhishuError([Problem("output-exists", str(target), what, Text("换个名字", "choose another name"))])
    target.write_bytes(content)
    click.echo(str(target))
