"""``zhishu office``: what the clock records; meant for a scheduled job."""

from collections import Counter

import click

from zhishu.surfaces.cli.out import json_option, language, write_json

_LEDGER = click.option("--ledger", "where", default=None, help="登记簿：文件或数据库地址 · the ledger: a file or a URL")


@click.group("office", help="办公：提醒 · the office: reminders")
def command() -> None:
    """What runs by the clock."""


@command.command("remind", help="登记今天的提醒 · record the reminders of today")
@_LEDGER
@json_option
def remind_command(where: str | None, as_json: bool) -> None:
    """Record today's reminders once, however often this runs, and print how many of each rule were new."""
    from zhishu.office import open_office
    from zhishu.office.reminding import remind
    from zhishu.surfaces.home import own_ledger
    from zhishu.surfaces.opening import opened

    office = open_office(opened(with_systems=False), own_ledger(where))
    entries = remind(office)
    counts = dict(sorted(Counter(e.fact.text("rule") for e in entries).items()))
    if as_json:
        write_json({"schema": 1, "on": office.today().isoformat(), "recorded": len(entries), "rules": counts})
        return
    zh = language() == "zh"
    rules = ("，" if zh else ", ").join(f"{rule} {n}" for rule, n in counts.items())
    said = (
        f"{office.today()} 新登记提醒 {len(entries)} 条"
        if zh
        else f"{office.today()}: {len(entries)} reminders recorded"
    )
    click.echo(said + (f"（{rules}）" if zh else f" ({rules})") * bool(rules))
