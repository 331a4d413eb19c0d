"""``zhishu run``: one system on one case."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, show_problems, write_json
from zhishu.surfaces.cli.pairs import pairs


@click.command("run", help="运行一个系统 · run a system on a case")
@click.argument("system")
@click.option("--input", "inputs", required=True, type=click.Path(path_type=Path), help="json、csv、xlsx、parquet")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="参数取值 · value of a parameter")
@click.option("--seed", type=int, default=0, show_default=True, help="随机种子 · random seed")
@on_option
@json_option
@click.pass_context
def command(
    ctx: click.Context, system: str, inputs: Path, settings: tuple[str, ...], seed: int, on: date, as_json: bool
) -> None:
    """Print the answer; exit 0 answered (unknown too), 1 problems in the input."""
    from dataclasses import replace

    from zhishu.study.columns import COLUMNS
    from zhishu.surfaces.excel.inputs import case_from_file
    from zhishu.surfaces.opening import opened
    from zhishu.system.answer import run_system
    from zhishu.system.effect import effect_said
    from zhishu.system.open_said import open_said

    given = pairs(settings, "--set")
    study = opened()
    declared = study.pack.system(system)
    raw = case_from_file(inputs, declared)
    told = {name: f"--set {name}" for name in given}
    raw = replace(raw, settings={**raw.settings, **given}, places={**raw.places, **told})
    answer = run_system(declared, raw, on, COLUMNS, seed, study.data.regions, study.small)
    if as_json:
        write_json(answer.to_json())
    else:
        say = language()
        for result in answer.results:
            verdict = f"【{result.outcome.name.say(say)}】" if result.outcome else ""
            click.echo(f"{result.title.say(say) or system} {verdict}".strip())
            if result.reason:
                click.echo(f"  {result.reason.say(say)}")
            for fact in result.facts:
                click.echo(f"  {fact.name.say(say)}: {fact.say(say)}")
            for said in open_said(result) if result.open else ():
                click.echo(f"  {said.say(say)}")
            if result.adverse and declared.effect is not None:
                for line in effect_said(declared.effect, result.basis, say):
                    click.echo(f"  ! {line}")
        for remark in answer.remarks:
            click.echo(f"* {remark.say.say(say)}")
        for made in (s for s in answer.settings if not s.adopted):
            click.echo(f"* {made.say().say(say)}")
        for used in answer.proposals if answer.ok else ():
            head = "用到的提议" if say == "zh" else "proposal used"
            click.echo(f"* {head}: {used.name.say(say)}: {used.why.say(say)}")
        for open_ in answer.offers:
            head = "未采用" if say == "zh" else "not adopted"
            click.echo(f"* {head}: {open_.name.say(say)}: {open_.why.say(say)}")
    show_problems(answer.problems)
    ctx.exit(0 if answer.ok else 1)
