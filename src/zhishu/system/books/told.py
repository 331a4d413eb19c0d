"""An opinion in lines of text, as a command prints it."""

from collections.abc import Iterator

from zhishu.judge.opinion import Opinion
from zhishu.judge.ruleset import RuleSet
from zhishu.system.books.read import BookCase, offers, proposals
from zhishu.system.books.say import adverse, change_said, effect_said, named, reasons, waiting
from zhishu.system.books.ways import way_to
from zhishu.terms import Language, Text


def lines_of(rules: RuleSet, case: BookCase, opinion: Opinion, say: Language) -> Iterator[str]:
    """Yield the lines: verdict, reasons, what is still possible, what is missing, what would change it, what follows."""
    book = rules.book

    def at(zh: str, en: str) -> str:
        return Text(zh, en).say(say)

    yield f"{case.subject or book.subject.say(say)} 【{book.outcomes[opinion.verdict].name.say(say)}】"
    held = reasons(rules, opinion)
    for reason in held:
        cite = f" [{reason.rule.cite.at}]" if reason.rule.cite else ""
        basis = f"{at('；依据', '; basis')} {reason.basis.say(say)}" if reason.basis else ""
        yield f"  {book.outcomes[reason.rule.give].name.say(say)}: {reason.say.say(say)}{cite}{basis}"
    if len(opinion.possible) > 1:
        best, worst = (book.outcomes[o].name.say(say) for o in (opinion.best, opinion.worst))
        bound = "" if opinion.exact else at("（只是界限）", " (bounds only)")
        yield at(
            f"  仍可能：最好 {best}，最坏 {worst}{bound}", f"  still possible: {best} at best, {worst} at worst{bound}"
        )
        for outcome in (opinion.best, opinion.worst):
            way = way_to(rules, opinion, outcome)
            if way.values:
                facts = ("，" if say == "zh" else ", ").join(f"{n.say(say)} {v.say(say)}" for _, n, v in way.said(book))
                yield f"    {book.outcomes[outcome].name.say(say)} ← {facts}"
        for name, whys in opinion.waits.items():
            rule = book.rule(name)
            if rule is not None:
                why = waiting(book, whys)
                yield at(f"  可能成立：{rule.name.zh}（{why.zh}）", f"  may hold: {rule.name.en} ({why.en})")
        if opinion.ask:
            yield at(
                f"  先问：{named(book, opinion.ask[0].fact).zh}", f"  ask first: {named(book, opinion.ask[0].fact).en}"
            )
            lacking = ("、" if say == "zh" else ", ").join(named(book, n).say(say) for n in opinion.missing)
            yield at(f"  缺：{lacking}", f"  missing: {lacking}")
    if opinion.change is not None:
        yield f"  {change_said(book, opinion.change).say(say)}"
    if book.effect is not None and adverse(book, opinion):
        founded = next((r.basis for r in held if r.rule.give == opinion.verdict and r.basis is not None), None)
        effect = effect_said(book.effect, founded)
        status = (
            at("建议，由有权机关决定", "a proposal; the authority decides")
            if founded
            else at("没有装入法律依据，不生效", "no basis loaded, takes no effect")
        )
        yield f"  {status}"
        labels = {
            "decides": Text("决定", "decides"),
            "notice": Text("告知", "notice"),
            "expiry": Text("终止", "ends"),
            "repair": Text("修复", "repair"),
        }
        for key, label in labels.items():
            words = effect[key]
            if isinstance(words, dict):
                yield f"    {label.say(say)}: {words[say]}"
    for source in case.measured:
        yield f"  * {source.say(say)}"
    for remark in case.remarks:
        yield f"  * {remark.say(say)}"
    for name in case.assumed:
        yield f"  * {named(book, name).say(say)}: {book.if_missing[name].why.say(say)}"
    for setting in (s for s in rules.settings.told if not s.adopted):
        yield f"  * {setting.say().say(say)}"
    for proposal in proposals(rules):
        yield at(
            f"  * 用到的提议：{proposal.name.zh}：{proposal.why.zh}",
            f"  * proposal used: {proposal.name.en}: {proposal.why.en}",
        )
    for proposal in offers(rules):
        yield at(
            f"  * 未采用：{proposal.name.zh}：{proposal.why.zh}",
            f"  * not adopted: {proposal.name.en}: {proposal.why.en}",
        )
