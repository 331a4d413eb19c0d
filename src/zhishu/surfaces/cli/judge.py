"""``zhishu judge``: a rule book on one case, or on a register of any size."""

from codecs import BOM_UTF8
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhishu.errors import Problem, ZhishuError
from zhishu.surfaces.cli.out import json_option, language, on_option, show_problems, write_json
from zhishu.surfaces.cli.pairs import pairs
from zhishu.surfaces.cli.progress import progress
from zhishu.terms import Text

if TYPE_CHECKING:
    from zhishu.judge.opinion import Opinion
    from zhishu.judge.ruleset import RuleSet
    from zhishu.surfaces.register.run import Tally
    from zhishu.system.books.read import BookCase
    from zhishu.system.books.supplied import Own

REMARKS = 3
"""Of each sort of remark so many rows are named."""
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command("judge", help="按规则册判定一件或整册 · a rule book on a case or a register")
@click.argument("rules")
@click.argument("register", type=_FILE, required=False)
@click.option("--fact", "facts", multiple=True, metavar="NAME=VALUE", help="一件的事实 · a fact of one case")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="结果文件 · where verdicts go")
@click.option(
    "--engine",
    type=click.Choice(["polars", "duckdb", "spark"]),
    default="polars",
    show_default=True,
    help="引擎 · engine",
)
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="参数取值 · value of a parameter")
@click.option("--list", "lists", multiple=True, metavar="NAME=FILE", help="装入名录 · load a list")
@click.option("--layer", "layers", multiple=True, metavar="NAME=FILE", help="装入图层 · load a layer of lines")
@click.option(
    "--measured", type=click.Path(dir_okay=False, path_type=Path), help="量得的距离写到 · where measured distances go"
)
@on_option
@json_option
def command(
    rules: str,
    register: Path | None,
    facts: tuple[str, ...],
    out: Path | None,
    engine: str,
    settings: tuple[str, ...],
    lists: tuple[str, ...],
    layers: tuple[str, ...],
    measured: Path | None,
    on: date,
    as_json: bool,
) -> None:
    """Print the opinion on one case, or write the verdicts of a register and print what it came to."""
    from zhishu.study.judging import judge_one, ready, told
    from zhishu.surfaces.opening import opened
    from zhishu.surfaces.register.books import book_named, own_given
    from zhishu.surfaces.register.supply import Asked
    from zhishu.system.books.layers import fit_layers

    study = opened(with_systems=False)
    book = book_named(study, rules)
    own = own_given(Asked(book, study.data.regions, on), lists, layers)
    ruleset = ready(book, on, pairs(settings, "--set"), own.lists)
    fitted = fit_layers(ruleset, own.layers)
    show_problems(p for f in fitted.values() for p in f.remarks)
    cells = pairs(facts, "--fact")
    if register is not None and register.suffix.lower() == ".json":
        cells = {**_case(register), **cells}
        register = None
    if register is None:
        if not cells:
            raise click.UsageError("给出登记表，或用 --fact 写事实 · give a register, or facts with --fact")
        cells = {**_unnamed(ruleset), **cells}
        case, opinion = judge_one(study, ruleset, cells, fitted=fitted)
        if as_json:
            write_json(told(ruleset, case, opinion, own.used))
        else:
            _say(ruleset, case, opinion)
            _say_own(own)
        return
    if out is None:
        raise click.UsageError("登记表的结果写到哪里：-o 文件 · where the verdicts of a register go: -o FILE")
    from zhishu.data.region_words import RegionWords
    from zhishu.surfaces.register.run import ENGINES, judge_file

    chosen = next(e for e in ENGINES if e == engine)
    words = RegionWords(study.data.regions, on)
    tally = judge_file(ruleset, words, register, out, chosen, progress(language()), fitted=fitted, measured=measured)
    if as_json:
        used = [s.to_json() for s in own.used]
        write_json(
            {
                "schema": 1,
                "book": book.id,
                "on": on.isoformat(),
                "out": out.name,
                "supplied": used,
                **tally.to_json(),
            }
        )
    else:
        _say_tally(ruleset, tally, out)
        _say_own(own)


def _unnamed(rules: "RuleSet") -> dict[str, object]:
    """Return a plain name for a case whose key names it and says nothing else."""
    key = rules.book.fields[rules.book.key]
    asked = any(key.id in atom.facts for atom in rules.skeleton.atoms)
    return {} if asked or key.type not in ("text", "ref") else {key.id: Text("未命名", "unnamed").say(language())}


def _case(path: Path) -> Mapping[str, object]:
    from zhishu.surfaces.facts import json_of, nested

    cells = json_of(path.read_bytes().removeprefix(BOM_UTF8), path.name)
    if not isinstance(cells, dict):
        what = Text("一件写一个对象：{字段: 值}", "one case is one object: {field: value}")
        raise ZhishuError(
            [Problem("judge-case-file", path.name, what, Text("多件用 ndjson", "use ndjson for several"))]
        )
    if wrong := nested(cells, path.name):
        what = Text("值应为文字、数、是否或 null", "a value is a text, a number, true, false or null")
        repair = Text("一个字段写一个值", "give each field one value")
        raise ZhishuError(Problem("judge-case-file", where, what, repair) for where in wrong)
    return cells


def _say(rules: "RuleSet", case: "BookCase", opinion: "Opinion") -> None:
    from zhishu.system.books.told import lines_of

    for line in lines_of(rules, case, opinion, language()):
        click.echo(line)


def _say_own(own: "Own") -> None:
    for one in own.used:
        click.echo(f"  {one.said().say(language())}")


def _say_tally(rules: "RuleSet", tally: "Tally", out: Path) -> None:
    from zhishu.system.books.say import named

    zh = language() == "zh"
    book = rules.book
    click.echo(f"{tally.rows:,} 行 → {out.name}" if zh else f"{tally.rows:,} rows → {out.name}")
    for outcome in book.outcomes.values():
        if tally.verdicts.get(outcome.id):
            click.echo(f"  {outcome.name.say(language())}: {tally.verdicts[outcome.id]:,}")
    if tally.worst:
        click.echo("无法判定的，最坏可能是：" if zh else "of those undetermined, the worst still allowed:")
        for name, n in sorted(tally.worst.items(), key=lambda pair: -rules.order.index(pair[0])):
            click.echo(f"  {book.outcomes[name].name.say(language())}: {n:,}")
        lacks = sorted(((n, f) for f, n in tally.missing.items() if n), reverse=True)[:5]
        if lacks:
            click.echo("缺得最多的事实：" if zh else "facts most often missing there:")
            for n, fact in lacks:
                click.echo(f"  {named(book, fact).say(language())}: {n:,}")
    for code, n in tally.remarks_by.items():
        first = [(s, p) for s, p in zip(tally.subjects, tally.remarks, strict=True) if p.code == code][:REMARKS]
        for subject, remark in first:
            click.echo(f"{subject} {remark.say(language())}")
        if n > len(first):
            click.echo(f"  {code}：共 {n:,} 处" if zh else f"  {code}: {n:,} in all")
    if tally.inexact:
        click.echo(
            f"其中 {tally.inexact:,} 行的最好、最坏只是界限"
            if zh
            else f"in {tally.inexact:,} rows best and worst are bounds only"
        )
