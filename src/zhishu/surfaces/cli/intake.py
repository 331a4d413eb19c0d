"""``zhishu intake``: a statistics table read by its template profile: preview, form, and which profiles there are."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from zhishu.surfaces.cli.out import json_option, language, on_option, show_problems, write_json, write_table

if TYPE_CHECKING:
    from zhishu.data.submission import Difference, Progress, Reading

_SHOWN = 20


class _ReadByDefault(click.Group):
    """A group whose first word may be a profile instead of a command: ``zhishu intake PROFILE FILE``."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Return the command named, else ``read`` with every word as its own."""
        if args and args[0] not in self.commands and not args[0].startswith("-"):
            return "read", self.commands["read"], args
        return super().resolve_command(ctx, args)


@click.group("intake", cls=_ReadByDefault, help="统计表：按样式核对、取表样 · tables of offices: preview, forms")
def command() -> None:
    """Tables are read by the template profiles of the pack; what is a guess is said.

    zhishu intake PROFILE FILE --dry-run
    zhishu intake PROFILE FILE --unit UNIT --period PERIOD   (hands it in; the token is read from ZHISHU_TOKEN)
    """


@command.command("profiles", help="有哪些样式 · the profiles there are")
@json_option
def profiles(as_json: bool) -> None:
    """List the profiles of the pack."""
    from zhishu.surfaces.opening import opened

    found = opened(with_systems=False).pack.profiles.values()
    say = language()
    if as_json:
        rows = [{"id": p.id, "name": p.name.to_json(), "layout": p.layout, "series": list(p.series())} for p in found]
        write_json({"schema": 1, "profiles": rows})
        return
    header = ["编号", "名称", "层级", "时期"] if say == "zh" else ["id", "name", "levels", "periods"]
    write_table("", header, [[p.id, p.name.say(say), " ".join(p.levels), " ".join(p.periods)] for p in found])


@command.command("form", help="样式的表样，已有的数已填好 · the form of a profile, figures held filled in")
@click.argument("profile")
@click.option("--period", required=True, help="2018、2018-06、2018-01..06；各年并列用逗号 · several years with commas")
@click.option("--out", type=click.Path(path_type=Path), help="写到哪里 · where to write")
@on_option
def form_command(profile: str, period: str, out: Path | None, on: date) -> None:
    """Write the form with the figures known on a day; an existing file is not overwritten."""
    from zhishu.errors import Problem, ZhishuError
    from zhishu.surfaces.excel.form import form
    from zhishu.surfaces.opening import opened
    from zhishu.terms import Text

    study = opened(with_systems=False)
    declared, data = study.pack.profile(profile), study.data
    content = form(declared, data.regions, data.series, period, data.panel.as_of(on), study.pack.header.id)
    target = out or Path(f"{declared.id}-{period.replace('..', '_').replace(',', '_')}.xlsx")
    if target.exists():
        what = Text(f"{target.name} 已存在，没有覆盖", f"{target.name} exists and was not overwritten")
        raise ZhishuError([Problem("output-exists", str(target), what, Text("换个名字", "choose another name"))])
    target.write_bytes(content)
    click.echo(str(target))


@command.command("read", help="按样式核对一张表 · check a table by a profile")
@click.argument("profile")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--period", help="应报的时期 · the period that is asked for")
@click.option("--dry-run", is_flag=True, help="只预览，不报送 · preview only")
@click.option("--unit", help="报送单位 · the unit that reports")
@click.option("--note", default="", help="说明 · a note")
@click.option("--published", default="", help="数据公布日 · the day published")
@click.option("--reason", default="", help="修订理由 · why it is revised")
@click.option("--ledger", "where", default=None, help="登记簿 · the ledger: a file or a database URL")
@click.option("--all", "whole", is_flag=True, help="列出每一处 · list every guess")
@on_option
@json_option
@click.pass_context
def read_command(
    ctx: click.Context,
    profile: str,
    file: Path,
    period: str | None,
    dry_run: bool,
    unit: str | None,
    note: str,
    published: str,
    reason: str,
    where: str | None,
    whole: bool,
    on: date,
    as_json: bool,
) -> None:
    """Say what a table holds, what was guessed, what its totals say, and what it would change; exit 1 if refused.

    Without ``--dry-run`` it is handed in for a unit and a period, in the name of the token in ZHISHU_TOKEN.
    """
    from zhishu.data.submission import Manifest, basis, difference, read
    from zhishu.surfaces.cli.handing import hand_in
    from zhishu.surfaces.opening import opened

    if not dry_run:
        if unit is None or period is None:
            raise click.UsageError(
                "报送要写 --unit 和 --period；只看结果加 --dry-run · to hand it in give --unit and --period; to look only, --dry-run"
            )
        handed, entry = hand_in(profile, period, unit, file, where, (note, published, reason))
        if as_json:
            write_json({"schema": 1, **handed.reading.to_json(), "entry": entry and entry.seq})
        else:
            _tell(handed.reading, handed.difference, whole)
            show_problems(p for p in handed.problems if p not in handed.reading.problems)
            click.echo(_outcome(handed.same, entry.seq if entry else None), err=True)
        ctx.exit(1 if handed.errors else 0)
    study = opened(with_systems=False)
    declared, data = study.pack.profile(profile), study.data
    wanted = Manifest(declared.id, period or "", study.pack.header.id, basis(declared, data.regions, data.series))
    with _bar() as told:
        found = read(
            declared,
            file.read_bytes(),
            file.name,
            data.regions,
            data.series,
            on,
            told,
            period=period,
            form=wanted,
        )
    compared = difference(found.observations, data.panel.as_of(on))
    if as_json:
        write_json({"schema": 1, "on": on.isoformat(), **found.to_json(), "difference": compared.to_json()})
    else:
        _tell(found, compared, whole)
    ctx.exit(1 if found.refused else 0)


def _outcome(same: bool, seq: int | None) -> str:
    """Return in words what became of a table."""
    zh = language() == "zh"
    if seq is not None:
        return (
            f"已上传，登记 {seq}；报送前还须在网页或接口上“报送”"
            if zh
            else f"uploaded, entry {seq}; submit it on its page or by REST"
        )
    if same:
        return "与已报的一版相同，没有登记" if zh else "the same as the version handed in: nothing recorded"
    return "没有登记" if zh else "nothing recorded"


@contextmanager
def _bar() -> Iterator["Progress"]:
    """Show progress on stderr where a person looks on."""
    from rich.console import Console
    from rich.progress import Progress as Bar

    console = Console(stderr=True)
    with Bar(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("读表" if language() == "zh" else "reading", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _tell(found: "Reading", compared: "Difference", whole: bool) -> None:
    from zhishu.data.submission.figures import exact
    from zhishu.data.submission.reading import GUESSES

    say = language()
    zh = say == "zh"
    show_problems(found.problems)
    if found.refused:
        errors = sum(p.severity == "error" for p in found.problems)
        click.echo(
            f"不收：{errors} 处有误，一个数也不取" if zh else f"refused: {errors} errors, nothing is taken", err=True
        )
    counts = (len(found.figures), len(compared.new), len(compared.same), len(compared.revised))
    click.echo(
        f"读 {found.rows} 行，可收 {counts[0]} 个数：新 {counts[1]}，相同 {counts[2]}，修订 {counts[3]}"
        if zh
        else f"{found.rows} rows, {counts[0]} figures: {counts[1]} new, {counts[2]} the same, {counts[3]} revised"
    )
    kinds = dict.fromkeys(g.kind for g in found.guesses)
    for kind in kinds:
        hits = [g for g in found.guesses if g.kind == kind]
        count = sum(g.times for g in hits)
        click.echo(f"{GUESSES[kind].say(say)}（{count}）" if zh else f"{GUESSES[kind].say(say)} ({count})")
        for g in hits if whole else hits[:_SHOWN]:
            others = f"（{'、'.join(g.others)}？）" if g.others else ""
            alike = "" if g.times == 1 else f"（同列共 {g.times} 处）" if zh else f" ({g.times} alike in the column)"
            click.echo(f"  {g.where}: {g.written} → {g.read}{others}{alike}")
        if not whole and len(hits) > _SHOWN:
            click.echo("  …")
    for t in found.totals:
        state = {"agrees": ("相符", "agrees"), "differs": ("不符", "differs"), "unchecked": ("未能核对", "unchecked")}[
            t.state
        ]
        apart = f" {exact(t.difference)} {t.unit}" if t.difference else ""
        click.echo(f"{t.where}: {t.label} {t.series} {t.period} {state[0] if zh else state[1]}{apart}")
    for r in compared.revised:
        n, o = r.new, r.old
        click.echo(
            f"{n.ref}: {n.region} {n.period} {n.series} {exact(o.value)} → {exact(n.value)} {n.unit} [{r.vintage}]"
        )
