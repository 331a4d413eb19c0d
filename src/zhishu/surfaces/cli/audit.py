"""``zhishu audit``: what weakens an assessment or a scheme, by its declaration and by its figures."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table
from zhishu.terms import Text, counted

if TYPE_CHECKING:
    from zhishu.score.audit_look import Finding
    from zhishu.study import Study


@click.command("audit", help="方案有哪些弱点 · what weakens an assessment or a scheme")
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
    from zhishu.study.assessing import assessment_of
    from zhishu.study.assessing.around import findings_json, leaving_words, leavings
    from zhishu.surfaces.assessed import run_file
    from zhishu.surfaces.cli.progress import progress
    from zhishu.surfaces.opening import opened

    study = opened(with_systems=False)
    if assessment in study.pack.schemes:
        if form is not None or purpose is not None or with_leaving:
            raise click.UsageError(
                f"{assessment} 是指数方案，没有表样 · {assessment} is a scheme of figures and has no form"
            )
        _scheme(study, assessment, on, as_json, as_csv)
        return
    if with_leaving and form is None:
        raise click.UsageError("--leaving 要有 --input · --leaving needs --input")
    declared = assessment_of(study, assessment)
    run = run_file(study, assessment, form.read_bytes(), form.name, on, purpose) if form else None
    found = audit(declared, run.facts, run.assessed) if run else audit(declared)
    left = leavings(run, progress(language())) if run is not None and with_leaving else []
    if as_json:
        write_json(findings_json(declared, found, left))
        return
    more = [(CODES["reversal"], leaving_words(declared, x)) for x in left]
    _show(declared.name, found, CODES, more, as_csv)


def _scheme(study: "Study", name: str, on: date, as_json: bool, as_csv: bool) -> None:
    from zhishu.study.scheme_audit import CODES, audit_scheme

    found = audit_scheme(study, name, on)
    if as_json:
        warnings = sum(f.severity == "warning" for f in found)
        write_json({"schema": 1, "id": name, "warnings": warnings, "findings": [f.to_json() for f in found]})
        return
    _show(study.pack.schemes[name].name, found, CODES, [], as_csv)


def _show(
    title: Text, found: "Sequence[Finding]", codes: Mapping[str, Text], more: Sequence[tuple[Text, Text]], as_csv: bool
) -> None:
    """Print findings, then further warnings as (matter, sentence)."""
    from zhishu.score.audit_look import SEVERITIES

    say = language()
    zh = say == "zh"
    head = ["程度", "事项", "说明"] if zh else ["severity", "matter", "finding"]
    rows = [[SEVERITIES[f.severity].say(say), codes[f.code].say(say), f.says.say(say)] for f in found]
    rows += [[SEVERITIES["warning"].say(say), matter.say(say), says.say(say)] for matter, says in more]
    if as_csv:
        write_csv(head, rows)
        return
    write_table(title.say(say), head, rows)
    warnings = sum(f.severity == "warning" for f in found) + len(more)
    notes = len(rows) - warnings
    click.echo(
        f"警示 {warnings} 条，说明 {notes} 条" if zh else f"{counted(warnings, 'warning')}, {counted(notes, 'note')}",
        err=True,
    )
