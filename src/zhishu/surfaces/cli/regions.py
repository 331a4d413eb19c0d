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
    from zhishu.study.places import COLUMNS, regions_json, regions_of
    from zhishu.surfaces.opening import opened

    study = opened(with_systems=False)
    if as_json:
        write_json(regions_json(study, name, level, on))
        return
    rows = [list(row.values()) for row in regions_of(study, name, level, on)]
    if as_csv:
        write_csv(COLUMNS, rows)
    else:
        said = COLUMNS if language() == "en" else ["代码", "名称", "英文名", "级别", "上级", "分区"]
        write_table(f"{on} · {len(rows)}", said, rows)
