"""``zhishu audit``: what weakens an assessment, by its declaration and, with a filled form, by its figures."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table
from zhishu.terms import counted


@click.command("audit", help="考核方案有哪些弱点 · what weakens an assessment")
@click.argument("assessment")
@click.option(
    "--input", "form", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="填好的表样 · a filled form"
)
@click.option("--purpose", help="用途 · purpose")
@click.option(
    "--leaving", "with_leaving", is_flag=True, help="逐一退出时谁的次序改变 · who changes order as one unit leaves"
)
@on_option
@json_option
@csv_option
def command(
    assessment: str,
    form: Path | None,
    purpose: str | None,
    with_leaving: bool,
    on: date,
    as_json: bool,
    as_csv: bool,
) -> None:
    """Print the findings, warnings first; each is a sentence with its numbers."""
    from zhishu.score.assess.audit import CODES, audit
    from zhishu.score.audit_look import SEVERITIES
    from zhishu.study.assessing import assessment_of
    from zhishu.study.assessing.around import findings_json, leaving_words, leavings
    from zhishu.surfaces.assessed import run_file
    from zhishu.surfaces.opening import opened

    if with_leaving and form is None:
        raise click.UsageError("--leaving 要有 --input · --leaving needs --input")
    study = opened(with_systems=False)
    declared = assessment_of(study, assessment)
    run = run_file(study, assessment, form.read_bytes(), form.name, on, purpose) if form else None
    found = audit(declared, run.facts, run.assessed) if run else audit(declared)
    left = leavings(run) if run is not None and with_leaving else []
    say = language()
    zh = say == "zh"
    warnings = sum(f.severity == "warning" for f in found)
    if as_json:
        write_json(findings_json(declared, found, left))
        return
    head = ["程度", "事项", "说明"] if zh else ["severity", "matter", "finding"]
    rows = [[SEVERITIES[f.severity].say(say), CODES[f.code].say(say), f.says.say(say)] for f in found]
    rows += [
        [SEVERITIES["warning"].say(say), CODES["reversal"].say(say), leaving_words(declared, x).say(say)] for x in left
    ]
    if as_csv:
        write_csv(head, rows)
        return
    write_table(declared.name.say(say), head, rows)
    click.echo(
        f"警示 {warnings + len(left)} 条，说明 {len(found) - warnings} 条"
        if zh
        else f"{counted(warnings + len(left), 'warning')}, {counted(len(found) - warnings, 'note')}",
        err=True,
    )
