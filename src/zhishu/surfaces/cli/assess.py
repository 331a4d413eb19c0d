"""What the command line prints of an assessment: standings, what is lacking, comparisons."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import click

from zhishu.surfaces.cli.out import language, write_csv, write_table
from zhishu.terms import Text
from zhishu.units.said import figure_words

if TYPE_CHECKING:
    from zhishu.pack.assessment import Assessment
    from zhishu.score.assess.compare import Moved
    from zhishu.score.assess.sure import ClassSure
    from zhishu.study.assessing import Round
    from zhishu.study.assessing.lacks import Lack

HEAD = (
    Text("名次", "rank"),
    Text("单位", "unit"),
    Text("总分", "total"),
    Text("名次区间", "ranks"),
    Text("档", "tier"),
    Text("等级", "grade"),
    Text("奖项", "award"),
    Text("说明", "note"),
)


def show_round(run: "Round", sures: "Mapping[str, ClassSure]", as_csv: bool) -> None:
    """Print a table for each class, the best first, then the money."""
    say = language()
    groups = [*run.assessment.groups, None]
    if as_csv:
        head = [("类别" if say == "zh" else "class"), *(t.say(say) for t in HEAD)]
        rows = [
            [run.assessment.groups[g].name.say(say) if g else "", *row] for g in groups for row in _rows(run, sures, g)
        ]
        write_csv(head, rows)
        return
    for group in groups:
        shown = _rows(run, sures, group)
        if not shown:
            continue
        title = run.assessment.groups[group].name.say(say) if group else "—"
        write_table(title, [t.say(say) for t in HEAD], shown)
        for line in _scales(run, group):
            click.echo(line, err=True)
        state = run.assessed.classes.get(group or "")
        for why in state.open if state else ():
            click.echo(f"* {why.say(say)}", err=True)
        if group is not None and group in sures:
            click.echo(sures[group].says.say(say), err=True)
    _show_money(run)
    click.echo(run.assessment.proposal.say(say), err=True)


def _scales(run: "Round", group: str | None) -> list[str]:
    """Return the ends of every min-max scale of a class and who set them."""
    say = language()
    units = {i.id: i for i in run.assessment.indicators()}
    found = []
    for name, span in run.assessed.spans.get(group or "", {}).items():
        if span is None:
            continue
        low, high = (figure_words(v, units[name].unit).say(say) for v in (span.low, span.high))
        word = units[name].name.say(say)
        found.append(
            f"尺度 {word}：最低 {low}（{span.low_unit}），最高 {high}（{span.high_unit}）"
            if say == "zh"
            else f"scale of {word}: from {low} ({span.low_unit}) to {high} ({span.high_unit})"
        )
    return found


def _rows(run: "Round", sures: "Mapping[str, ClassSure]", group: str | None) -> list[list[str]]:
    from zhishu.logic import Unknown
    from zhishu.study.assessing.tell import award_words, notes_of, shown

    say = language()
    sure = sures.get(group or "")
    ranks, tiers = (sure.ranks(), sure.tiers()) if sure else ({}, {})
    inside = [
        s
        for s in run.assessed.standings
        if (s.entry.group if s.entry.group in run.assessment.groups else None) == group
    ]
    found = []
    for s in sorted(inside, key=lambda s: (s.rank is None, s.rank or 0, s.unit)):
        span = f"{ranks[s.unit][0]}–{ranks[s.unit][1]}" if s.unit in ranks and s.rank is not None else ""
        if s.rank is None and s.place is not None:
            span = f"{s.place.best}–{s.place.worst}"
        grade = "" if s.grade is None or isinstance(s.grade, Unknown) else s.grade.name.say(say)
        notes = ("；" if say == "zh" else "; ").join(n.say(say) for n in notes_of(run.assessment, s))
        tier = str(tiers.get(s.unit, ""))
        total = shown(s.total).say(say) if s.whole else ""
        found.append(
            [str(s.rank or ""), s.unit, total, span, tier, grade, award_words(run.assessment, s).say(say), notes]
        )
    return found


def _show_money(run: "Round") -> None:
    from zhishu.study.assessing.tell import money_json

    if not run.assessed.purses:
        return
    money = money_json(run.assessed.purses)
    if language() == "zh":
        click.echo(
            f"奖金（万元）：已定 {money['given']}，待定 {money['open']}，空缺 {money['unspent']}，合计 {money['all']}"
        )
    else:
        click.echo(
            f"prizes (万元): settled {money['given']}, open {money['open']}, unspent {money['unspent']}, "
            f"in all {money['all']}"
        )


def show_lacks(assessment: "Assessment", found: "tuple[Lack, ...]", as_csv: bool) -> None:
    """Print what is lacking of the real units, and that nothing is scored."""
    from zhishu.study.assessing.lacks import no_class

    say = language()
    zh = say == "zh"
    head = ["指标", "有数的单位", "应有", "年份", "缺什么"] if zh else ["indicator", "known", "of", "year", "why"]
    rows = [
        [x.name.say(say), str(x.known), str(x.of), str(x.year or ""), x.why.say(say) if x.known < x.of else ""]
        for x in found
    ]
    if as_csv:
        write_csv(head, rows)
        return
    write_table(assessment.name.say(say), head, rows)
    click.echo(no_class(assessment).say(say), err=True)
    name = assessment.id
    click.echo(
        f"没有计分。取表样：zhishu template {name}；填好后：zhishu score {name} --input 表样.xlsx"
        if zh
        else f"Nothing was scored. Take the form: zhishu template {name}; then: zhishu score {name} --input form.xlsx",
        err=True,
    )


def show_moved(before: "Round", found: "tuple[Moved, ...]", as_csv: bool) -> None:
    """Print who moved between two runs, and why."""
    from zhishu.study.assessing.tell import award_words, shown

    say = language()
    zh = say == "zh"
    names = {i.id: i.name for i in before.assessment.indicators()}
    head = (
        ["单位", "前总分", "后总分", "前名次", "后名次", "前奖项", "后奖项", "变动较大的项"]
        if zh
        else ["unit", "total before", "after", "rank before", "after", "award before", "after", "largest changes"]
    )
    rows = []
    for m in found:
        largest = sorted(m.parts.items(), key=lambda p: -abs(p[1]))[:3]
        why = "；".join(f"{names[i].say(say) if i in names else i} {float(v):+.2f}" for i, v in largest)
        pair = [
            (
                shown(s.total).say(say) if s and s.whole else "",
                str(s.rank or "") if s else "",
                award_words(before.assessment, s).say(say) if s else "",
            )
            for s in (m.before, m.after)
        ]
        rows.append([m.unit, pair[0][0], pair[1][0], pair[0][1], pair[1][1], pair[0][2], pair[1][2], why])
    if as_csv:
        write_csv(head, rows)
        return
    write_table(before.assessment.name.say(say), head, rows)
    dropped = [m.unit for m in found if m.dropped]
    if dropped:
        click.echo(
            f"原有奖项、现在没有：{'、'.join(dropped)}；须说明原因"
            if zh
            else f"had an award and has none now: {', '.join(dropped)}; a reason must be given",
            err=True,
        )


def show_grid(title: str, told: "Mapping[str, object]", as_csv: bool) -> None:
    """Print chances of ranks, of pairs, or shares, as ``study.assessing.sureness`` gives them."""
    zh = language() == "zh"
    rows = told["rows"]
    assert isinstance(rows, list)
    if told["kind"] == "pairs":
        units = told["units"]
        assert isinstance(units, list)
        head = ["领先于→" if zh else "ahead of →", *units]
        cells = [[r["unit"], *("" if x is None else f"{x:.0%}" for x in r["ahead"])] for r in rows]
    elif told["kind"] == "chances":
        head = (
            ["单位", "档", "名次区间", "第1", "第2", "第3", "前十"]
            if zh
            else ["unit", "tier", "ranks", "1st", "2nd", "3rd", "first ten"]
        )
        cells = [
            [
                r["unit"],
                str(r["tier"]),
                f"{r['ranks'][0]}–{r['ranks'][1]}",
                *(f"{x:.0%}" for x in [*r["chances"], 0, 0, 0][:3]),
                f"{sum(r['chances'][:10]):.0%}",
            ]
            for r in rows
        ]
    else:
        head = ["选择", "单独", "连同交互"] if zh else ["choice", "alone", "with all it acts with"]
        cells = [
            [
                r["name"]["zh" if zh else "en"],
                _bounds(r["first"], r["first_bounds"]),
                _bounds(r["total"], r["total_bounds"]),
            ]
            for r in rows
        ]
    if as_csv:
        write_csv(head, cells)
        return
    write_table(title, head, cells)
    varies = told.get("varies")
    if isinstance(varies, dict):
        click.echo(varies["zh" if zh else "en"], err=True)
    if told.get("failed"):
        click.echo(f"失败 {told['failed']} 次" if zh else f"{told['failed']} runs failed", err=True)


def _bounds(value: float, bounds: "list[float]") -> str:
    return f"{value:.2f} ({bounds[0]:.2f}–{bounds[1]:.2f})"
