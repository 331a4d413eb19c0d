"""``zhishu targets``: every target with its verdict and why."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table
from zhishu.terms import VERDICTS, Text


@click.command("targets", help=Text("判定全部目标", "Judge every target").zh)
@on_option
@json_option
@csv_option
def command(on: date, as_json: bool, as_csv: bool) -> None:
    """Judge every target as of a date."""
    from zhishu.study.targets import judge_targets, targets_json
    from zhishu.surfaces.opening import opened

    study = opened(with_systems=False)
    if as_json:
        write_json(targets_json(study, on))
        return
    say = language()
    found = judge_targets(study, on)
    rows = [
        [VERDICTS[j.verdict].say(say), t.name.say(say), j.say.say(say), t.cite.at, j.confidence]
        for t, j in found.values()
    ]
    header = (
        ["判定", "目标", "理由", "条.句", "可信度"] if say == "zh" else ["verdict", "target", "reason", "at", "grade"]
    )
    if as_csv:
        write_csv(["id", *header], ([key, *row] for key, row in zip(found, rows, strict=True)))
        return
    counts = {v: sum(j.verdict == v for _, j in found.values()) for v in VERDICTS}
    title = "，".join(f"{VERDICTS[v].say(say)} {n}" for v, n in counts.items() if n)
    write_table(f"{on} · {title}", header, rows)
