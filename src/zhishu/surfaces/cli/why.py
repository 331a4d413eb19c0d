"""``zhishu why``: a number down to the row of its table and the sentence of the text."""

from datetime import date

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, write_json


@click.command("why", help="一个数为什么是这样：指标/地区/年份 · why INDICATOR/REGION/YEAR")
@click.argument("ref")
@on_option
@json_option
def command(ref: str, on: date, as_json: bool) -> None:
    """Explain one number."""
    from zhishu.study.explain import explain
    from zhishu.surfaces.opening import opened
    from zhishu.system.show import spoken

    trace = explain(opened(), ref, on)
    if as_json:
        write_json({**trace.to_json(), "on": on.isoformat()})
        return
    say = language()
    value = spoken(trace.value, trace.unit, trace.digits, {}, say)
    click.echo(f"{trace.region.say(say)} {trace.period} {trace.name.say(say)} = {value}   [{on}]")
    if trace.formula:
        click.echo(f"  = {trace.formula}    ({trace.declared})")
    for s in trace.sources:
        o = s.observation
        mark = ("推定日" if say == "zh" else "assumed date") if o.assumed else ""
        number = spoken(o.value, None, 4, {}, say)
        click.echo(f"  {s.series.say(say)} {number} {o.unit}  {o.run}  {o.known_on} {mark}  [{o.confidence}] {o.ref}")
        click.echo(f"      {s.title}")
        if s.note:
            click.echo(f"      {s.note}")
    if trace.cite:
        click.echo(f"  《{trace.cite.at}》「{trace.cite.quote}」")
