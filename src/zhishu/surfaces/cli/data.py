"""``zhishu data``: a user's own figures: the empty table, a check, adding, listing, taking away."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import json_option, language, show_problems, write_json, write_table
from zhishu.surfaces.home import home


@click.group("data", help="自有数据：空表、核对、加入、列出、移除 · your own figures")
def command() -> None:
    """Figures of your own stand beside those of the pack; what the pack holds is never changed."""


@command.command("template", help="空表及可用的指标 · an empty table and the series it may hold")
@click.option("--out", type=click.Path(path_type=Path), help="写入文件 · file to write")
def template(out: Path | None) -> None:
    """Write the heading of a table of figures; list the series on stderr."""
    from zhishu.data.intake_table import COLUMNS
    from zhishu.surfaces.opening import opened

    heading = ",".join(COLUMNS) + "\n"
    if out is None:
        click.echo(heading, nl=False)
    else:
        out.write_text(heading, encoding="utf-8-sig")
    say = language()
    for s in opened().data.series.values():
        click.echo(f"{s.id}  {s.name.say(say)}  {s.unit}  {' '.join(s.levels)}", err=True)


@command.command("check", help="核对一张表，不加入 · check a table without adding it")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@click.pass_context
def check(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Say what a table would add; exit 1 if it would be refused."""
    ctx.exit(_take(file, as_json, keep_it=False))


@command.command("add", help="加入一张表，全部或全不 · add a table, all or nothing")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@json_option
@click.pass_context
def add(ctx: click.Context, file: Path, as_json: bool) -> None:
    """Add a table of figures; the same table again adds nothing."""
    ctx.exit(_take(file, as_json, keep_it=True))


@command.command("list", help="已加入的表 · tables added")
@json_option
def listing(as_json: bool) -> None:
    """List the added tables with what they add."""
    from zhishu.surfaces.opening import opened

    found = opened().added
    if as_json:
        tables = [{"id": a.id, "name": a.name, "taken_on": a.taken_on.isoformat(), "figures": a.figures} for a in found]
        write_json({"schema": 1, "tables": tables})
        return
    if not found:
        click.echo("还没有自加的表" if language() == "zh" else "no table added yet")
        return
    header = ["编号", "文件", "加入日期", "数"] if language() == "zh" else ["id", "file", "taken on", "figures"]
    write_table("", header, [[a.id, a.name, a.taken_on.isoformat(), str(a.figures)] for a in found])


@command.command("remove", help="按编号移除一张表 · take a table away by its id")
@click.argument("table")
def remove(table: str) -> None:
    """Take away a whole table; every result is then as it was before."""
    from zhishu.surfaces.figures import drop
    from zhishu.surfaces.opening import opened

    drop(home(), opened().pack.header.id, table)
    click.echo(f"已移除 {table}" if language() == "zh" else f"removed {table}")


def _take(file: Path, as_json: bool, keep_it: bool) -> int:
    from zhishu.study.added import Table, check_table
    from zhishu.surfaces.figures import keep
    from zhishu.surfaces.opening import opened

    study = opened()
    table = Table(file.name, date.today(), file.read_bytes())
    again = any(a.id == table.id for a in study.added)
    found = check_table(study, table)
    refused = any(p.severity == "error" for p in found.problems)
    added = keep_it and not refused and not again and bool(found.observations)
    if added:
        keep(home(), study.pack.header.id, table)
    if as_json:
        write_json({"schema": 1, "id": table.id, "added": added, **found.to_json()})
        return 1 if refused else 0
    show_problems(found.problems)
    say = language()
    for line in found.report.say(added):
        click.echo(line.say(say), err=not added and refused)
    for change in found.report.normalised[:20]:
        click.echo(f"  {change.where}: {change.before} → {change.after}", err=True)
    return 1 if refused else 0
