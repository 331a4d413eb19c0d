"""``zhishu promises``: what each sentence commits to, and its state on a date."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table
from zhishu.terms import PROMISE_STATES


@click.command("promises", help="承诺与状态 · promises and their states")
@click.option("--article", type=int, help="只列某条的 · of one article")
@click.option("--state", type=click.Choice(list(PROMISE_STATES)), help="只列某种状态的 · in one state")
@on_option
@json_option
@csv_option
def command(article: int | None, state: str | None, on: date, as_json: bool, as_csv: bool) -> None:
    """List promises with citation and derived state."""
    from zhishu.study.promises import promise_states, promises_json
    from zhishu.surfaces.opening import opened

    study = opened()
    states = promise_states(study, on)
    if as_json:
        write_json(promises_json(study, on, states, article, state))
        return
    chosen = [
        p
        for p in study.pack.promises()
        if (article is None or p.article == article) and (state is None or states[p.id] == state)
    ]
    say = language()
    rows = [[PROMISE_STATES[states[p.id]].say(say), p.cite.at, p.title.say(say), p.id] for p in chosen]
    header = ["状态", "条.句", "承诺", "编号"] if say == "zh" else ["state", "at", "promise", "id"]
    if as_csv:
        write_csv(header, rows)
    else:
        write_table(f"{on} · {len(rows)}", header, rows)
