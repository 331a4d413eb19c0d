"""``zhishu source``: attach a copy of the text, verify citations against it, show a sentence."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, show_problems, write_json
from zhishu.surfaces.home import home


@click.group("source", help="决定原文：附上、核对、查看 · the text: attach, verify, show")
def command() -> None:
    """The text is not part of the software; a user attaches a copy, checked sentence by sentence."""


@command.command("attach", help="附上一份原文，逐句核对 · attach a copy, checked sentence by sentence")
@click.argument("file", type=click.Path(path_type=Path))
@click.pass_context
def attach_command(ctx: click.Context, file: Path) -> None:
    """Attach a copy, all or nothing."""
    from zhishu.source import attach
    from zhishu.surfaces.opening import opened

    report = attach(file, opened().pack.index, home())
    show_problems(report.problems)
    if report.stored is None:
        ctx.exit(1)
    done = (
        f"已附上，{report.sentences} 句全部相符"
        if language() == "zh"
        else f"attached; all {report.sentences} sentences agree"
    )
    click.echo(done)


@command.command("verify", help="核对全部引文 · verify every citation against a copy")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--pack", "folder", type=click.Path(path_type=Path), help="战略包目录 · folder of a pack")
@on_option
@json_option
@click.pass_context
def verify_command(ctx: click.Context, file: Path, folder: Path | None, on: date, as_json: bool) -> None:
    """Check every citation of the pack; exit 1 if one is wrong."""
    from zhishu.pack.load_office import read_office
    from zhishu.source import compare, read_text, split, verify
    from zhishu.surfaces.opening import opened

    pack = opened(folder=folder).pack
    sentences = split(read_text(file))
    office = read_office(pack.folder).citations() if (pack.folder / "office.yaml").is_file() else ()
    citations = (*pack.citations(), *office)
    problems = (*compare(pack.index, sentences, file.name), *verify(citations, sentences))
    if as_json:
        write_json(
            {
                "schema": 1,
                "on": on.isoformat(),
                "citations": len(citations),
                "problems": [p.to_json() for p in problems],
            }
        )
    else:
        show_problems(problems)
        said = (
            f"{len(citations)} 处引文，{len(problems)} 处有误"
            if language() == "zh"
            else f"{len(citations)} citations, {len(problems)} wrong"
        )
        click.echo(said)
    ctx.exit(1 if problems else 0)


@command.command("show", help="查看一句 · show a sentence, as source show 20.10")
@click.argument("at")
@on_option
def show_command(at: str, on: date) -> None:
    """Show a sentence if a copy is attached, else its anchors and fingerprint; its promises as they stand on a day."""
    from zhishu.errors import Problem, ZhishuError, did_you_mean
    from zhishu.source import load_attached
    from zhishu.study.promises import promise_states
    from zhishu.study.targets import judge_targets
    from zhishu.surfaces.opening import opened
    from zhishu.terms import PROMISE_STATES, Text

    study = opened()
    pack = study.pack
    entry = pack.index.by_id().get(at)
    if entry is None:
        what = Text(f"没有第 {at} 句", f"there is no sentence {at}")
        raise ZhishuError([Problem("cite-place-unknown", at, what, did_you_mean(at, pack.index.ids()))])
    attached = load_attached(home(), pack.header.id, pack.index)
    say = language()
    if attached:
        click.echo(attached[at])
    else:
        for quote in sorted({c.quote for c in pack.citations() if c.at == at}):
            click.echo(f"「{quote}」")
        invite = (
            "原文不随软件分发；zhishu source attach 文件 附上后显示整句"
            if say == "zh"
            else "the text is not shipped; attach a copy with `zhishu source attach FILE` to see the sentence"
        )
        click.echo(invite, err=True)
    click.echo(f"{at} · {entry.length} · SHA-256 {entry.sha256}", err=True)
    states = promise_states(study, on, {k: j.verdict for k, (_, j) in judge_targets(study, on).items()})
    for promise in pack.promises():
        if promise.cite.at == at:
            click.echo(f"  {promise.id} {promise.title.say(say)}  {PROMISE_STATES[states[promise.id]].say(say)} [{on}]")
