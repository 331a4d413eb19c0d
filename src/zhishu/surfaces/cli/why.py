"""``zhishu why``: a number down to the row of its table and the sentence of the text."""

from datetime import date

import click

from zhishu.logic import Unknown
from zhishu.surfaces.cli.out import json_option, language, on_option, write_json
from zhishu.terms import PROMISE_STATES, Language


@click.command("why", help="一个数为什么是这样 · why a number is what it is")
@click.argument("ref")
@on_option
@json_option
def command(ref: str, on: date, as_json: bool) -> None:
    """REF: INDICATOR/REGION/YEAR, SCHEME/REGION, a target, promise or system id, a sentence (10.2), FILE:LINE."""
    from zhishu.study.explain import explain, kind_of, why_json
    from zhishu.study.words import run_words
    from zhishu.surfaces.opening import opened
    from zhishu.system.show import spoken
    from zhishu.terms import CONFIDENCE
    from zhishu.units.words import unit_words

    study = opened()
    if as_json:
        write_json(why_json(study, ref, on))
        return
    say = language()
    if kind_of(study, ref)[0] != "indicator":
        for line in told(why_json(study, ref, on), say):
            click.echo(line)
        return
    trace = explain(study, ref, on)
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
        click.echo(f"      {s.source.say(say)}")
        if s.note:
            click.echo(f"      {s.check.say(say)}")
    if trace.cite:
        click.echo(f"  《{trace.cite.at}》「{trace.cite.quote}」")


def told(found: dict[str, object], say: Language) -> list[str]:
    """Return an explanation in lines: value, formula, inputs, figures, declaration, sentence, use."""
    name, region, value = found["name"], found.get("region"), found["value"]
    assert isinstance(name, dict)
    if isinstance(value, dict):
        value = ("无法判定：" if say == "zh" else "unknown: ") + Unknown(str(value["unknown"])).bare().say(say)
    elif found["kind"] == "promise":
        value = PROMISE_STATES[str(value)].say(say)
    where = f"{region[say]} " if isinstance(region, dict) else ""
    value = "" if value is None else f" = {value} {found['unit'] or ''}"
    lines = [f"{where}{found.get('period') or ''} {name[say]}{value}".strip() + f"   [{found['on']}]"]
    reason = found.get("reason")
    lines += [f"  {reason[say]}"] if isinstance(reason, dict) else []
    lines += [f"  = {found['formula']}"] if found["formula"] else []
    lines += [f"  ← {r}" for r in _listed(found["inputs"])]
    for s in _listed(found["sources"]):
        assert isinstance(s, dict)
        lines.append(f"  {s['name'][say]} {s['value']} {s['unit']}  {s['known_on']}  {s['ref']}")
        lines.append(f"      {s['source_words'][say]}")
    declared = found["declared"]
    lines += [f"  {d}" for d in (declared if isinstance(declared, list) else [declared])]
    cite = found["cite"]
    lines += [f"  《{cite['at']}》「{cite['quote']}」"] if isinstance(cite, dict) else []
    return lines + [f"  → {r}" for r in _listed(found.get("used_by", []))]


def _listed(value: object) -> list[object]:
    return list(value) if isinstance(value, list) else []
