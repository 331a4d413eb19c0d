"""``zhishu warnings``: where a figure stands beyond a line, since when, and on what evidence."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table
from zhishu.terms import Text


@click.command("warnings", help=Text("预警", "Warnings").zh)
@click.option("--all", "every", is_flag=True, help="已解除的也列出 · closed ones too (--json always has them)")
@on_option
@json_option
@csv_option
def command(every: bool, on: date, as_json: bool, as_csv: bool) -> None:
    """List the warnings that the figures known on a day hold open."""
    from zhishu.study.warnings import LEVELS, warnings, warnings_json
    from zhishu.surfaces.opening import opened

    study = opened(with_systems=False)
    if as_json:
        write_json(warnings_json(study, on))
        return
    say = language()
    found = [r for r in warnings(study, on) if every or r.episode.closed is None]
    rows = [
        [
            LEVELS["none" if r.episode.closed else r.episode.now].say(say),
            r.warning.name.say(say),
            r.place.say(say),
            r.episode.opened,
            r.episode.closed or "",
            r.say().say(say),
            r.warning.cite.at,
        ]
        for r in found
    ]
    header = (
        ["级别", "预警", "地区", "起", "止", "理由", "条.句"]
        if say == "zh"
        else ["level", "warning", "region", "since", "until", "why", "at"]
    )
    if as_csv:
        write_csv(["id", "code", *header], ([r.warning.id, r.region, *row] for r, row in zip(found, rows, strict=True)))
        return
    counts = {level: sum(r.episode.closed is None and r.episode.now == level for r in found) for level in LEVELS}
    said = "，" if say == "zh" else ", "
    title = said.join(f"{LEVELS[level].say(say)} {n}" for level, n in counts.items() if n) or LEVELS["none"].say(say)
    write_table(f"{on} · {title}", header, rows)
