"""``zhishu regions``: the regions of a date, and what became of a code."""

from datetime import date

import click

from zhishu.surfaces.cli.out import csv_option, json_option, language, on_option, write_csv, write_json, write_table


@click.command("regions", help="地区及沿革 · regions and their lineage")
@click.argument("name", required=False)
@click.option("--level", type=click.Choice(["province", "prefecture", "county"]), help="一级 · one level")
@on_option
@json_option
@csv_option
def command(name: str | None, level: str | None, on: date, as_json: bool, as_csv: bool) -> None:
    """List regions, or resolve one name or code as of a date."""
    from zhishu.study import open_study

    regions = open_study().data.regions
    if name:
        found = [regions.resolve(name, on)]
    else:
        levels = [level] if level else ["province", "prefecture", "county"]
        found = [r for v in levels for r in regions.level(v, on)]
    rows = [[r.code, r.name.zh, r.name.en, r.level, r.parent, regions.zone_of(r.code) or ""] for r in found]
    header = ["code", "name_zh", "name_en", "level", "parent", "zone"]
    if as_json:
        steps = [
            {"date": s.on.isoformat(), "kind": s.kind, "from": s.before, "to": s.after, "note": s.note.to_json()}
            for s in (regions.lineage_of(found[0].code) if name else regions.lineage)
        ]
        records = [dict(zip(header, row, strict=True)) for row in rows]
        write_json(
            {"schema": 1, "on": on.isoformat(), "lineage_begins": "2014-01-01", "regions": records, "lineage": steps}
        )
    elif as_csv:
        write_csv(header, rows)
    else:
        write_table(
            f"{on} · {len(rows)}",
            header if language() == "en" else ["代码", "名称", "英文名", "级别", "上级", "分区"],
            rows,
        )
