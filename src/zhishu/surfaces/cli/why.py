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
    from zhishu.study.words import run_words
    from zhishu.surfaces.opening import opened
    from zhishu.system.show import spoken
    from zhishu.terms import CONFIDENCE
    from zhishu.units.words import unit_words

    study = opened()
    trace = explain(study, ref, on)
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
        run = run_words(o.run, study.pack.header.runs).say(say)
        grade = CONFIDENCE[o.confidence].say(say)
        sure = f"可信度{grade}" if say == "zh" else f"{grade} confidence"
        unit = unit_words(o.unit).say(say)
        click.echo(f"  {s.series.say(say)} {number} {unit}  {run}  {o.known_on} {mark}  {sure}  {o.ref}")
        click.echo(f"      {s.title}")
        if s.note:
            click.echo(f"      {s.note}")
    if trace.cite:
        click.echo(f"  《{trace.cite.at}》「{trace.cite.quote}」")
