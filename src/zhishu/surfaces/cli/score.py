"""``zhishu score``: a scheme over its level."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table


@click.command("score", help="按方案评分 · score a scheme")
@click.argument("scheme")
@click.option("--period", type=int, help="年份 · year")
@on_option
@json_option
@csv_option
def command(scheme: str, period: int | None, on: date, as_json: bool, as_csv: bool) -> None:
    """Print sub-scores; a composite only where no dimension is missing."""
    from zhishu.study import open_study
    from zhishu.study.scores import scheme_of, score_scheme, scores_json
    from zhishu.system.show import spoken

    study = open_study()
    if as_json:
        write_json(scores_json(study, scheme, on, period))
        return
    say = language()
    declared = scheme_of(study, scheme)
    found, years = score_scheme(study, scheme, on, period)
    header = [*(["地区"] if say == "zh" else ["region"]), *(d.name.say(say) for d in declared.dimensions)]
    header += ["综合", "名次"] if say == "zh" else ["composite", "rank"]
    rows = []
    for unit in found.units:
        rank = (
            f"{unit.rank[0]}–{unit.rank[1]}" if unit.rank else (unit.why_no_rank.say(say) if unit.why_no_rank else "")
        )
        cells = [spoken(d.score, None, 1, {}, say) for d in unit.dimensions]
        rows.append(
            [study.data.regions.name(unit.unit).say(say), *cells, spoken(unit.composite, None, 1, {}, say), rank]
        )
    if as_csv:
        write_csv(header, rows)
        return
    write_table(f"{declared.name.say(say)} · {on} · {years}", header, rows)
    click.echo(declared.proposal.say(say), err=True)
    click.echo(found.varies.say(say), err=True)
