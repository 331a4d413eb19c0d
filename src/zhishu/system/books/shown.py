"""A rule book in lines of text: outcomes, rules, parameters and lists as they stand on a day."""

from collections.abc import Iterator
from datetime import date

from zhishu.logic import Unknown
from zhishu.pack.book import Book
from zhishu.pack.in_force import in_force
from zhishu.system.books.aloud import aloud, read_rule
from zhishu.system.books.read import offered_list
from zhishu.system.books.say import named
from zhishu.system.settings import offer
from zhishu.system.show import spoken
from zhishu.terms import Language, Text


def lines_shown(book: Book, on: date, say: Language) -> Iterator[str]:
    """Yield the lines of a book as the law stands on a day."""

    def at(zh: str, en: str) -> str:
        return Text(zh, en).say(say)

    yield f"{book.id}  {book.name.say(say)}"
    yield book.about.say(say)
    order = " < ".join(book.outcomes[o].name.say(say) for o in book.order())
    yield f"{at('结果，由轻到重', 'outcomes, best first')}: {order}"
    combined = at("取最严的一条", "the worst rule that holds decides")
    if book.combine == "first":
        combined = at("取排在前面的一条", "the first rule that holds decides")
    yield f"{combined}{at('；都不成立时', '; where none holds')}: {book.outcomes[book.otherwise].name.say(say)}"
    for rule in book.rules:
        cite = f" [{rule.cite.at}]" if rule.cite else ""
        yield f"- {rule.id}{cite} → {book.outcomes[rule.give].name.say(say)}: {rule.name.say(say)}"
        yield f"    {read_rule(book, rule, on).sentence.say(say)}"
        basis = rule.basis.say(say) if rule.basis else at("没有装入法律依据", "no basis loaded")
        yield f"    {at('依据', 'basis')}: {basis}"
    for agree in book.checks:
        yield f"= {agree.id}: {agree.name.say(say)}"
        yield f"    {at('所填须', 'facts must agree')}: {aloud(book, agree.node, on).say(say)}"
    for m in book.measured.values():
        facts = ("、" if say == "zh" else ", ").join(named(book, f).say(say) for f in m.gives())
        yield f"~ {m.name.say(say)}: {at(f'由坐标和图层 {m.layer} 量出', f'measured from coordinates and the layer {m.layer}')}: {facts}"
    for parameter in book.parameters.values():
        value = in_force(parameter, on)
        told = spoken(value, parameter.unit, None, parameter.choices, say)
        if isinstance(value, Unknown):
            told = at("未设定，须设定并注明来源", "not set; it must be set, with a source")
        if parameter.proposed is not None:
            told = offer(parameter).why.say(say)
        yield f"* {parameter.name.say(say)}: {told}"
    for dated in book.lists.values():
        if dated.of:
            same = book.lists[dated.of].name.say(say)
            yield f"* {dated.name.say(say)}: {at(f'与“{same}”同一份', f'the same as {same}')}"
        elif dated.entries is None:
            yield f"* {dated.name.say(say)}: {at('没有装入', 'not loaded')}"
        else:
            held = sum(e.in_force(on) for e in dated.entries)
            adopt = f"{at('；', '; ')}{offered_list(dated).say(say)}" if dated.proposal is not None else ""
            yield f"* {dated.name.say(say)}: {at(f'{held} 条有效', f'{held} entries in force')}{adopt}"
