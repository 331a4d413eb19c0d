"""``zhishu describe``: the contract of a system as JSON Schema."""

from datetime import date

import click

from zhishu.surfaces.cli.out import json_option, on_option, write_json


@click.command("describe", help="系统的输入输出契约 · the contract of a system")
@click.argument("system")
@on_option
@json_option
def command(system: str, on: date, as_json: bool) -> None:
    """Print JSON Schema of input and output (always JSON)."""
    from zhishu.surfaces.opening import opened
    from zhishu.system.describe import describe_system

    write_json(describe_system(opened().pack.system(system), on))
