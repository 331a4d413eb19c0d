"""``zhishu check``: the pack, its examples, and how well the examples guard the rules."""

import csv
import io
from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, show_problems, write_json


@click.command("check", help="检查战略包与例子 · check the pack and its examples")
@click.option("--pack", "folder", type=click.Path(path_type=Path), help="战略包目录 · folder of a pack")
@click.option("--mutate", is_flag=True, help="逐处改动声明，看例子能否发现 · change each piece, see if examples notice")
@click.option("--write", is_flag=True, help="把变异结果写入包 · record the survey in the pack")
@on_option
@json_option
@click.pass_context
def command(ctx: click.Context, folder: Path | None, mutate: bool, write: bool, on: date, as_json: bool) -> None:
    """Load the pack, run every example on its own day; with --mutate survey every system."""
    from zhishu.data.submission.examples import try_example as try_sheet
    from zhishu.pack.load_office import read_office
    from zhishu.study import PACKS, open_study
    from zhishu.study.columns import COLUMNS
    from zhishu.study.levels import text_digest
    from zhishu.study.warnings import try_warnings
    from zhishu.surfaces.home import pack_folder
    from zhishu.system.examples import try_example
    from zhishu.system.mutate import survey

    study = open_study(folder or pack_folder() or PACKS / "sichuan2018")
    pack, regions = study.pack, study.data.regions
    problems = [
        d for s in pack.systems.values() for e in s.examples for d in try_example(s, e, COLUMNS, regions).differences
    ]
    problems += [
        d for p in pack.profiles.values() for e in p.examples for d in try_sheet(p, e, regions, study.data.series)
    ]
    examples = sum(len(p.examples) for p in pack.profiles.values())
    examples += sum(len(s.examples) for s in pack.systems.values())
    problems += try_warnings(study)
    if (pack.folder / "office.yaml").is_file():
        # raises what its declarations lack; a pack without one has no office
        read_office(pack.folder)
    examples += sum(len(w.examples) for w in pack.warnings.values())
    if not mutate:
        show_problems(problems)
        said = (
            f"{len(pack.systems)} 个系统，{len(pack.profiles)} 个样式，{examples} 个例子，{len(problems)} 处不符"
            if language() == "zh"
            else f"{len(pack.systems)} systems, {len(pack.profiles)} profiles, {examples} examples, {len(problems)} differences"
        )
        if as_json:
            write_json(
                {
                    "schema": 1,
                    "on": on.isoformat(),
                    "systems": len(pack.systems),
                    "profiles": len(pack.profiles),
                    "examples": examples,
                    "problems": [p.to_json() for p in problems],
                }
            )
        else:
            click.echo(f"{said}   [{on}]")
        ctx.exit(1 if problems else 0)
    surveys = {name: survey(s, COLUMNS, regions) for name, s in sorted(pack.systems.items())}
    if write:
        buffer = io.StringIO()
        writer = csv.writer(buffer, lineterminator="\n")
        writer.writerow(["system", "digest", "mutants", "unnoticed"])
        for name, found in surveys.items():
            writer.writerow([name, text_digest(pack.systems[name]), found.mutants, len(found.unnoticed)])
        (pack.folder / "mutation.csv").write_text(buffer.getvalue(), encoding="utf-8")
    by_system = {n: {"mutants": f.mutants, "unnoticed": list(f.unnoticed)} for n, f in surveys.items()}
    if as_json:
        write_json(
            {
                "schema": 1,
                "mutants": sum(f.mutants for f in surveys.values()),
                "unnoticed": sum(len(f.unnoticed) for f in surveys.values()),
                "by_system": by_system,
            }
        )
    else:
        for name, found in surveys.items():
            click.echo(f"{name}: {len(found.unnoticed)}/{found.mutants}")
            for what in found.unnoticed:
                click.echo(f"    {what}")
    ctx.exit(1 if problems else 0)
