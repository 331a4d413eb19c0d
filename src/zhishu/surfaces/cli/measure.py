"""``zhishu measure``: values of an indicator or series over regions and years."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table


@click.command("measure", help="指标的数值 · values of an indicator or a series")
@click.argument("indicator")
@click.option("--region", "regions", multiple=True, help="地区代码或名称，可重复 · region code or name, repeatable")
@click.option("--level", type=click.Choice(["province", "prefecture", "county"]), help="一级地区 · all of a level")
@click.option("--period", "periods", multiple=True, help="年份，可重复 · year, repeatable")
@on_option
@json_option
@csv_option
def command(
    indicator: str,
    regions: tuple[str, ...],
    level: str | None,
    periods: tuple[str, ...],
    on: date,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print values with run, confidence and what is unknown and why."""
    from zhishu.study.readings import readings, readings_json
    from zhishu.study.words import run_words
    from zhishu.surfaces.opening import opened
    from zhishu.system.show import spoken
    from zhishu.terms import CONFIDENCE
    from zhishu.units.words import unit_words

    study = opened(with_systems=False)
    if as_json:
        write_json(readings_json(study, indicator, regions, level, periods, on))
        return
    unit, found = readings(study, indicator, regions, level, periods, on)
    say = language()
    name = study.data.regions.name
    named = study.pack.header.runs
    table = [
        [
            r.region,
            name(r.region).say(say),
            r.period,
            spoken(r.value, unit, 4, {}, say),
            " ".join(run_words(run, named).say(say) for run in r.runs),
            CONFIDENCE[r.confidence].say(say),
        ]
        for r in found
    ]
    header = (
        ["代码", "地区", "年份", "数值", "口径", "可信度"]
        if say == "zh"
        else ["code", "region", "year", "value", "run", "grade"]
    )
    if as_csv:
        write_csv(header, table)
    else:
        words = unit_words(unit).say(say)
        write_table(f"{indicator}{f' ({words})' if words else ''} · {on}", header, table)
