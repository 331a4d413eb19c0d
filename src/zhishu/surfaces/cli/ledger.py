"""``zhishu ledger``: check the record, sign its end, back it up, restore it."""

from datetime import UTC, datetime
from pathlib import Path

import click

from zhishu.surfaces.cli.out import json_option, language, show_problems, write_json
from zhishu.surfaces.home import key_file, ledger_where, own_ledger

_WHERE = click.option(
    "--ledger", "where", default=None, help="登记簿：文件或数据库地址 · the ledger: a file or a database URL"
)


@click.group("ledger", help="登记簿：核验、检查点、备份、恢复 · the ledger: verify, checkpoint, back up, restore")
def command() -> None:
    """Commands on the ledger."""


@command.command("verify", help="逐条核验，指出第一条不对的 · check every entry and name the first bad one")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--checkpoint", "lines", multiple=True, help="抄自通报页脚的检查点 · a checkpoint copied from a briefing")
@_WHERE
@json_option
@click.pass_context
def verify_command(
    ctx: click.Context, file: Path | None, lines: tuple[str, ...], where: str | None, as_json: bool
) -> None:
    """Check a file offline, or the office's own ledger; exit code 1 if anything is wrong."""
    from rich.console import Console
    from rich.progress import Progress

    from zhishu.ledger.checkpoint import read_line
    from zhishu.ledger.verify import verify, verify_file

    checkpoints = [read_line(line) for line in lines]
    at = where or ledger_where()
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("核验 · verifying", total=None)

        def progress(count: int) -> None:
            bar.update(task, completed=count, description=f"核验 · verifying {count}")

        if file is not None or "://" not in at:
            found = verify_file(file or Path(at), checkpoints, progress)
        else:
            found = verify(own_ledger(at), checkpoints, progress)
    if as_json:
        problems = [p.to_json() for p in found.problems]
        write_json(
            {"schema": 1, "entries": found.entries, "files": found.files, "seal": found.seal, "problems": problems}
        )
    elif found.problems:
        click.echo(
            f"前 {found.entries} 条对得上，随后有误"
            if language() == "zh"
            else f"the first {found.entries} entries hold, then one does not"
        )
    else:
        click.echo(
            f"{found.entries} 条、{found.files} 个文件全部对得上，末条封签 {found.seal}"
            if language() == "zh"
            else f"all {found.entries} entries and {found.files} files hold; last seal {found.seal}"
        )
    if found.problems:
        show_problems(found.problems)
        ctx.exit(1)


@command.command("checkpoint", help="给末条签名 · sign the end of the chain")
@_WHERE
def checkpoint_command(where: str | None) -> None:
    """Print a signed checkpoint as one line."""
    from zhishu.ledger.checkpoint import checkpoint, office_key

    click.echo(checkpoint(own_ledger(where), office_key(key_file()), datetime.now(UTC)).line())


@command.command("backup", help="备份成一个文件 · back up into one file")
@click.argument("file", type=click.Path(path_type=Path))
@_WHERE
@click.pass_context
def backup_command(ctx: click.Context, file: Path, where: str | None) -> None:
    """Write a checked backup while the ledger stays in use."""
    from zhishu.ledger.backup import backup

    found = backup(own_ledger(where), file)
    if found.problems:
        show_problems(found.problems)
        ctx.exit(1)
    click.echo(
        f"已备份 {found.entries} 条、{found.files} 个文件，并已核验"
        if language() == "zh"
        else f"backed up and checked: {found.entries} entries, {found.files} files"
    )


@command.command("restore", help="恢复到一本空的登记簿 · restore into an empty ledger")
@click.argument("file", type=click.Path(path_type=Path))
@_WHERE
def restore_command(file: Path, where: str | None) -> None:
    """Fill an empty ledger from a backup."""
    from zhishu.ledger.backup import restore

    found = restore(file, own_ledger(where))
    click.echo(
        f"已恢复 {found.entries} 条、{found.files} 个文件"
        if language() == "zh"
        else f"restored {found.entries} entries, {found.files} files"
    )
