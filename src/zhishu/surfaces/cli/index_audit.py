"""``zhishu index --audit``: the findings about an index as a table, CSV or JSON."""

import click

from zhishu.score.audit import CODES, SEVERITIES, audit
from zhishu.surfaces.cli.out import language, write_csv, write_json, write_table
from zhishu.surfaces.index_asked import Made
from zhishu.terms import counted


def show_audit(name: str, it: Made, as_json: bool, as_csv: bool) -> None:
    """Print what weakens an index, warnings first."""
    zh, said = language() == "zh", language()
    varied = it.index.varied(it.asked.shift, it.asked.runs, it.asked.seed, it.further.vary)
    found = audit(it.index, varied)
    warnings = sum(f.severity == "warning" for f in found)
    told = varied.says()
    if as_json:
        findings = [f.to_json() for f in found]
        write_json({"schema": 1, "varied": told.to_json(), "warnings": warnings, "findings": findings})
        return
    header = ["程度", "事项", "说明"] if zh else ["severity", "matter", "finding"]
    rows = [[SEVERITIES[f.severity].say(said), CODES[f.code].say(said), f.says.say(said)] for f in found]
    if as_csv:
        write_csv(header, rows)
        return
    write_table(name, header, rows)
    click.echo(
        f"警示 {warnings} 条，说明 {len(found) - warnings} 条；次序变动按：{told.zh}"
        if zh
        else f"{counted(warnings, 'warning')}, {counted(len(found) - warnings, 'note')}; runs vary: {told.en}",
        err=True,
    )
