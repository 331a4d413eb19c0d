"""``zhishu score``: a scheme over its level, or an assessment on a filled form."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table

if TYPE_CHECKING:
    from zhishu.study import Study
    from zhishu.surfaces.assessed import Sureness


@click.command("score", help="按方案评分 · score a scheme or an assessment")
@click.argument("scheme")
@click.option(
    "--input",
    "form",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="考核方案填好的表样 · the filled form of an assessment",
)
@click.option("--out", type=click.Path(path_type=Path), help="结果写成 xlsx · write the result as a workbook")
@click.option("--purpose", help="用途（按用途分设权重的方案）· purpose, where weights depend on it")
@click.option("--period", type=int, help="年份 · year")
@click.option(
    "--runs",
    type=click.IntRange(1, 10_000),
    default=1000,
    show_default=True,
    help="次数 · runs of the intervals of an assessment",
)
@click.option(
    "--level",
    type=click.FloatRange(0.01, 0.99),
    default=0.9,
    show_default=True,
    help="区间水平 · level of those intervals",
)
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="种子 · seed of the rank intervals")
@on_option
@json_option
@csv_option
def command(
    scheme: str,
    form: Path | None,
    out: Path | None,
    purpose: str | None,
    period: int | None,
    runs: int,
    level: float,
    seed: int,
    on: date,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print sub-scores; a composite only where no dimension is missing."""
    from zhishu.surfaces.assessed import Sureness
    from zhishu.surfaces.opening import opened

    study = opened(with_systems=False)
    if scheme in study.pack.assessments:
        if period is not None:
            raise click.UsageError("--period 用于指数方案；考核的年份在表样里 · --period is for schemes of figures")
        if out is not None and (form is None or as_json or as_csv):
            raise click.UsageError("--out 与 --input 同用，不与 --json、--csv 同用 · --out goes with --input alone")
        if out is not None and form is not None:
            _book(study, scheme, form, out, purpose, Sureness(runs, seed, level), on)
            return
        _assess(study, scheme, form, purpose, Sureness(runs, seed, level), on, as_json, as_csv)
        return
    if form is not None or purpose is not None or out is not None:
        words = "--input、--purpose 和 --out 用于考核方案 · --input, --purpose and --out are for assessments"
        raise click.UsageError(words)
    from zhishu.logic import Unknown
    from zhishu.study.scores import scheme_of, score_scheme, scores_json
    from zhishu.system.show import spoken

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


def _assess(
    study: "Study",
    name: str,
    form: Path | None,
    purpose: str | None,
    how: "Sureness",
    on: date,
    as_json: bool,
    as_csv: bool,
) -> None:
    from zhishu.study.assessing import assessment_of
    from zhishu.study.assessing.lacks import lacks, lacks_json
    from zhishu.study.assessing.tell import round_json
    from zhishu.surfaces.assessed import run_file, sures_of
    from zhishu.surfaces.cli.assess import show_lacks, show_round

    if form is None:
        assessment = assessment_of(study, name)
        if as_json:
            write_json(lacks_json(study, assessment, on))
        else:
            show_lacks(assessment, lacks(study, assessment, on), as_csv)
        return
    run = run_file(study, name, form.read_bytes(), form.name, on, purpose)
    sures = sures_of(run, how)
    if as_json:
        write_json(round_json(run, sures))
    else:
        show_round(run, sures, as_csv)


def _book(study: "Study", name: str, form: Path, out: Path, purpose: str | None, how: "Sureness", on: date) -> None:
    from zhishu.errors import Problem, ZhishuError
    from zhishu.surfaces.assessed import result_file, run_file
    from zhishu.terms import Text

    if out.suffix.lower() != ".xlsx":
        raise click.UsageError("--out 写成 .xlsx · --out names an .xlsx")
    if out.exists():
        what = Text(f"{out.name} 已存在，没有覆盖", f"{out.name} exists and was not overwritten")
        raise ZhishuError([Problem("output-exists", str(out), what, Text("换个名字", "choose another name"))])
    content = result_file(run_file(study, name, form.read_bytes(), form.name, on, purpose), how)
    out.write_bytes(content)
    click.echo(str(out))
