"""``zhishu rules``: the rule books; one in plain words; its examples; its decision tables checked; what a change would do."""

from datetime import date
from pathlib import Path

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, show_problems, write_json, write_table
from zhishu.surfaces.cli.pairs import pairs
from zhishu.surfaces.cli.progress import progress
from zhishu.terms import Text


@click.group(
    "rules", invoke_without_command=True, help="规则册：列出、看、试、查表 · rule books: list, show, test, check tables"
)
@json_option
@click.pass_context
def command(ctx: click.Context, as_json: bool) -> None:
    """List the rule books of the pack, or one of the commands below."""
    if ctx.invoked_subcommand is None:
        _listed(as_json)


@command.command("list", help="列出规则册 · list the rule books")
@json_option
def listed(as_json: bool) -> None:
    """List the rule books of the pack: what each judges, how many rules, lists and examples it has."""
    _listed(as_json)


def _listed(as_json: bool) -> None:
    from zhishu.surfaces.opening import opened

    books = opened(with_systems=False).pack.books
    if as_json:
        write_json(
            {
                "schema": 1,
                "books": [{"id": b.id, "name": b.name.to_json(), "rules": len(b.rules)} for b in books.values()],
            }
        )
        return
    zh = language() == "zh"
    head = (
        ("规则册", "名称", "对象", "规则", "名录", "例子")
        if zh
        else ("book", "name", "judges", "rules", "lists", "examples")
    )
    rows = [
        (
            b.id,
            b.name.say(language()),
            b.subject.say(language()),
            str(len(b.rules)),
            str(len(b.lists)),
            str(len(b.examples)),
        )
        for b in books.values()
    ]
    write_table("规则册" if zh else "Rule books", head, rows)


@command.command("show", help="规则、参数、名录 · rules, parameters, lists")
@click.argument("rules")
@on_option
def show(rules: str, on: date) -> None:
    """Print a book: its outcomes best first, each rule, the parameters and lists in force."""
    from zhishu.surfaces.opening import opened
    from zhishu.surfaces.register.books import book_named
    from zhishu.system.books.shown import lines_shown

    for line in lines_shown(book_named(opened(with_systems=False), rules), on, language()):
        click.echo(line)


@command.command("test", help="运行规则册的例子 · run the examples of a book")
@click.argument("rules")
@click.pass_context
def test(ctx: click.Context, rules: str) -> None:
    """Run the examples; exit 1 where one differs."""
    from zhishu.surfaces.opening import opened
    from zhishu.surfaces.register.books import book_named
    from zhishu.system.books.examples import try_book

    study = opened(with_systems=False)
    book = book_named(study, rules)
    problems = try_book(book, study.data.regions)
    show_problems(problems)
    said = (
        f"{len(book.examples)} 个例子，{len(problems)} 处不符"
        if language() == "zh"
        else f"{len(book.examples)} examples, {len(problems)} differences"
    )
    click.echo(said)
    ctx.exit(1 if problems else 0)


@command.command("check", help="决策表的空缺、重叠和用不到的行 · gaps, overlaps and dead rows of tables")
@click.argument("rules")
@click.pass_context
def check(ctx: click.Context, rules: str) -> None:
    """Print what is wrong with the decision tables of a book, each with a case that shows it; exit 1 for errors."""
    from zhishu.formula.decision import check_table
    from zhishu.formula.decision.told import table_problems
    from zhishu.surfaces.opening import opened
    from zhishu.surfaces.register.books import book_named

    book = book_named(opened(with_systems=False), rules)
    problems = [
        p for decided in book.tables.values() for p in table_problems(decided.table, check_table(decided.table))
    ]
    show_problems(problems)
    said = (
        f"{len(book.tables)} 张决策表，{len(problems)} 处"
        if language() == "zh"
        else f"{len(book.tables)} decision tables, {len(problems)} findings"
    )
    click.echo(said)
    ctx.exit(1 if any(p.severity == "error" for p in problems) else 0)


@command.command("impact", help="规则改了，哪些判定会变 · which verdicts a change of rules would alter")
@click.argument("rules")
@click.argument("register", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--against", help="改后的规则册（id 或 yaml）· the book after the change; default: the same")
@click.option("--then", "then", help="改后的日期 · the day after the change, as 2021-03-01")
@click.option("--set", "settings", multiple=True, metavar="NAME=VALUE", help="参数取值 · value of a parameter")
@click.option("--list", "lists", multiple=True, metavar="NAME=FILE", help="装入名录 · load a list")
@click.option("--layer", "layers", multiple=True, metavar="NAME=FILE", help="装入图层 · load a layer of lines")
@click.option(
    "--then-list", "then_lists", multiple=True, metavar="NAME=FILE", help="改后的名录 · the list after the change"
)
@click.option(
    "--then-layer", "then_layers", multiple=True, metavar="NAME=FILE", help="改后的图层 · the layer after the change"
)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="差别写到 · where the differences go",
)
@on_option
@json_option
def impact(
    rules: str,
    register: Path,
    against: str | None,
    then: str | None,
    settings: tuple[str, ...],
    lists: tuple[str, ...],
    layers: tuple[str, ...],
    then_lists: tuple[str, ...],
    then_layers: tuple[str, ...],
    out: Path,
    on: date,
    as_json: bool,
) -> None:
    """Judge a register by two books, by one on two days or with two lists, and write the rows that differ."""
    from zhishu.data.region_words import RegionWords
    from zhishu.study.judging import ready
    from zhishu.surfaces.opening import opened
    from zhishu.surfaces.register.books import book_named, own_given, own_of_both
    from zhishu.surfaces.register.impact import differences
    from zhishu.surfaces.register.supply import Asked
    from zhishu.system.books.layers import fit_layers

    study = opened(with_systems=False)
    try:
        day = date.fromisoformat(then) if then else on
    except ValueError:
        raise click.UsageError(f"--then {then}: 日期写作 2021-03-01 · write 2021-03-01") from None
    old_asked = Asked(book_named(study, rules), study.data.regions, on)
    new_asked = Asked(book_named(study, against) if against else old_asked.book, study.data.regions, day)
    old, new = own_of_both(old_asked, new_asked, lists, layers)
    new = own_given(new_asked, then_lists, then_layers).over(new)
    given = pairs(settings, "--set")
    before, after = ready(old_asked.book, on, given, old.lists), ready(new_asked.book, day, given, new.lists)
    fitted = fit_layers(before, old.layers), fit_layers(after, new.layers)
    show_problems(dict.fromkeys(p for both in fitted for f in both.values() for p in f.remarks))
    words = RegionWords(study.data.regions, on)
    found = differences(before, after, words, register, out, progress(language()), fitted)
    if as_json:
        used = {"before": [s.to_json() for s in old.used], "after": [s.to_json() for s in new.used]}
        write_json({"schema": 1, **found.to_json(), "supplied": used})
        return
    zh = language() == "zh"
    click.echo(
        f"{found.rows:,} 行，{found.differ:,} 行不同 → {out.name}"
        if zh
        else f"{found.rows:,} rows, {found.differ:,} differ → {out.name}"
    )
    for (was, now), n in sorted(found.moves.items(), key=lambda pair: -pair[1]):
        a, b = before.book.outcomes[was].name, after.book.outcomes[now].name
        click.echo(f"  {a.say(language())} → {b.say(language())}: {n:,}")
    for side, own in ((Text("改前", "before"), old), (Text("改后", "after"), new)):
        for one in own.used:
            click.echo(f"  {side.say(language())}{Text('，', ', ').say(language())}{one.said().say(language())}")
