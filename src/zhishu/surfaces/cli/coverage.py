"""``zhishu coverage``: how much of the strategy is covered."""

from datetime import date

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, write_json


@click.command("coverage", help="覆盖情况 · what is covered")
@on_option
@json_option
def command(on: date, as_json: bool) -> None:
    """Print sentences, promises, and systems by level."""
    from zhishu.study.coverage import coverage
    from zhishu.study.levels import LEVELS
    from zhishu.surfaces.opening import opened

    found = coverage(opened(), on)
    if as_json:
        write_json(found)
        return
    say = language()
    systems = found["systems"]
    assert isinstance(systems, dict)
    line = " · ".join(f"{LEVELS[int(n)].say(say)} {count}" for n, count in systems["levels"].items())
    if say == "zh":
        click.echo(
            f"句子 {found['covered']}/{found['sentences']}，承诺 {found['promises']}，目标 {found['targets']}，指标 {found['indicators']}，流程 {found['workflows']}"
        )
        click.echo(f"系统 {systems['total']}：{line}")
    else:
        click.echo(
            f"sentences {found['covered']}/{found['sentences']}, promises {found['promises']}, targets {found['targets']}, indicators {found['indicators']}, workflows {found['workflows']}"
        )
        click.echo(f"systems {systems['total']}: {line}")
