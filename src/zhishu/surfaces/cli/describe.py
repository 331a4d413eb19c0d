"""``zhishu describe``: the contract of a system as JSON Schema."""

import click

from zhishu.surfaces.cli.out import json_option, write_json


@click.command("describe", help="系统的输入输出契约 · the contract of a system")
@click.argument("system")
@json_option
def command(system: str, as_json: bool) -> None:
    """Print JSON Schema of input and output (always JSON)."""
    from zhishu.surfaces.opening import opened
    from zhishu.system.describe import describe_system

    write_json(describe_system(opened().pack.system(system)))
