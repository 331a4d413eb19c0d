"""Checking what a book does when a case is read: facts that must agree, and facts that are measured."""

from collections.abc import Iterator, Mapping
from fractions import Fraction

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.check import check
from zhishu.formula.check_types import Scope, Type
from zhishu.formula.tree import Call, Compare, Name, Node, Number, Word, children, names
from zhishu.pack.book import Agree, Book
from zhishu.pack.compile_parts import Compiler
from zhishu.pack.in_force import in_base
from zhishu.pack.measured import Measured
from zhishu.pack.slots import slots
from zhishu.terms import Text
from zhishu.units import parse_unit


def check_agree(book: Book, agree: Agree, types: Mapping[str, Type], c: Compiler) -> None:
    """Check that stated facts are checked against each other and nothing else."""
    place = f"{agree.where} {agree.id}.formula"
    known = types.keys() - book.fields.keys()
    other = sorted({*(names(agree.node) & known), *lists_named(agree.node)})
    if other or not agree.reads:
        said = Text("、".join(other), ", ".join(other)) if other else Text("没有事实", "no fact")
        what = Text(
            f"核对 {agree.id} 只能读给定的事实，读了：{said.zh}",
            f"the check {agree.id} may read given facts only; it reads: {said.en}",
        )
        repair = Text(
            "直接用字段写；参数、名录、推出的事实和今天不能使事实互相矛盾",
            "write it over fields: no parameter, list, derived fact or today makes facts contradict each other",
        )
        c.problems.append(Problem("book-check-reads", place, what, repair))
        return
    try:
        found = check(agree.node, Scope("book", {f: types[f] for f in book.fields}), place)
    except ZhishuError as error:
        c.problems += error.problems
        return
    if found.kind != "truth":
        what = Text("核对应得是或否", "a check should give yes or no")
        c.problems.append(Problem("formula-kind", place, what, Text("写成比较", "write a comparison")))
    for slot in slots(agree.say):
        if slot not in book.fields:
            what = Text(f"没有字段 {slot}", f"there is no field {slot}")
            repair = did_you_mean(slot, book.fields)
            c.problems.append(Problem("book-unknown-name", f"{agree.where} {agree.id}.say", what, repair))


def check_apart(book: Book, m: Measured, c: Compiler) -> None:
    """Check that lines of another kind are looked for as far as a limit of the book reaches."""
    short = apart_short(book, m)
    if short is not None:
        c.add("book-measured-apart", ("measured", m.id, "apart"), *short)


def apart_short(book: Book, m: Measured, settings: Mapping[str, object] | None = None) -> tuple[Text, Text] | None:
    """Return what is wrong and the repair where a limit of the book, or a setting (metres), lies beyond ``apart``."""
    parts = [f.node for f in book.facts.values()]
    parts += [p for r in book.rules for p in (r.when, r.unless) if p is not None]
    longest = max((v for part in parts for v in _limits(book, part, m.distance, settings or {})), default=Fraction(0))
    if m.kind is None or m.each or longest <= m.horizon:
        return None
    what = Text(
        f"apart 只有 {m.horizon:.0f} 米，规则的界限远到 {float(longest):.0f} 米：别类的线会被漏看",
        f"apart is {m.horizon:.0f} m, a limit reaches {float(longest):.0f} m: lines of another kind would be passed over",
    )
    return what, Text("apart 不小于最远的界限", "let apart be no shorter than the longest limit")


def _limits(book: Book, node: Node, distance: str, settings: Mapping[str, object]) -> Iterator[Fraction]:
    """Yield the lengths a distance is held against, in metres; a parameter's are all its values and what it is set to."""
    if isinstance(node, Call | Compare) and distance in names(node):
        beside = node.args if isinstance(node, Call) else (node.left, node.right)
        for part in beside:
            if isinstance(part, Number):
                yield part.value * (parse_unit(part.unit).factor if part.unit else 1)
            elif isinstance(part, Name) and part.id in book.parameters:
                parameter = book.parameters[part.id]
                held = [settings.get(part.id), *(in_base(parameter, value) for _, value in parameter.values)]
                yield from (value for value in held if isinstance(value, Fraction))
    for child in children(node):
        yield from _limits(book, child, distance, settings)


def lists_named(node: Node) -> Iterator[str]:
    """Yield the lists a formula asks for."""
    match node:
        case Call("listed", (Word(name),)):
            yield name
    for child in children(node):
        yield from lists_named(child)
