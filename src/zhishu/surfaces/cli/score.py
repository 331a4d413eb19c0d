"""``zhishu score``: a scheme over its level."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table


@click.command("score", help="按方案评分 · score a scheme")
@click.argument("scheme")
@click.option("--period", type=int, help="年份 · year")
@click.option("--seed", type=int, default=0, show_default=True, help="种子 · seed of the rank intervals")
@on_option
@json_option
@csv_option
def command(scheme: str, period: int | None, seed: int, on: date, as_json: bool, as_csv: bool) -> None:
    """Print sub-scores; a composite only where no dimension is missing."""
    from zhishu.logic import Unknown
    from zhishu.study.scores import scheme_of, score_scheme, scores_json
    from zhishu.surfaces.opening import opened
    from zhishu.system.show import spoken

    study = opened(with_systems=False)
    if as_json:
        write_json(scores_json(study, scheme, on, period, seed))
        return
    say = language()
    declared = scheme_of(study, scheme)
    found, years = score_scheme(study, scheme, on, period, seed=seed)
    header = [*(["地区"] if say == "zh" else ["region"]), *(d.name.say(say) for d in declared.dimensions)]
    header += ["综合", "名次"] if say == "zh" else ["composite", "rank"]
    none = "无数" if say == "zh" else "no figure"
    rows = []
    for unit in found.units:
        rank = unit.rank.say() if unit.rank else unit.why_no_rank.say(say) if unit.why_no_rank else ""
        values = [*(d.score for d in unit.dimensions), unit.composite]
        cells = [none if isinstance(v, Unknown) else spoken(v, None, 1, {}, say) for v in values]
        rows.append([study.data.regions.name(unit.unit).say(say), *cells, rank])
    if as_csv:
        write_csv(header, rows)
        return
    write_table(f"{declared.name.say(say)} · {on} · {years}", header, rows)
    click.echo(declared.proposal.say(say), err=True)
    if any(u.rank for u in found.units):
        for line in found.varies:
            click.echo(line.say(say), err=True)
