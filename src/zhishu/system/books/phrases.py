"""Formula trees in plain words: names for ids, values with their units, parameters as they are in force."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from zhishu.formula.decision.compile import NO_RULE
from zhishu.formula.functions import FUNCTIONS, ROW_FUNCTIONS
from zhishu.formula.tree import Binary, Call, Compare, Logic, Name, Node, Number, Of, Rows, Truth, Unary, Word
from zhishu.logic import DETAILS, Unknown
from zhishu.pack.book import Book
from zhishu.pack.in_force import in_force
from zhishu.system.books import kinds
from zhishu.system.books.say import BY, described, named
from zhishu.system.show import plain, spoken
from zhishu.terms import Language, Text

_OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
_RELATIONS = {
    "==": Text("{0}为{1}", "{0} is {1}"),
    "!=": Text("{0}不为{1}", "{0} is not {1}"),
    "<": Text("{0}低于 {1}", "{0} is below {1}"),
    "<=": Text("{0}不超过 {1}", "{0} is at most {1}"),
    ">": Text("{0}超过 {1}", "{0} is above {1}"),
    ">=": Text("{0}不低于 {1}", "{0} is at least {1}"),
}
_DAYS = {
    "==": Text("{0}为 {1}", "{0} is {1}"),
    "!=": Text("{0}不为 {1}", "{0} is not {1}"),
    "<": Text("{0}早于 {1}", "{0} is before {1}"),
    "<=": Text("{0}不晚于 {1}", "{0} is not after {1}"),
    ">": Text("{0}晚于 {1}", "{0} is after {1}"),
    ">=": Text("{0}不早于 {1}", "{0} is not before {1}"),
}
_SIGNS = {"+": "+", "-": "−", "*": "×", "/": "÷"}
_LEVEL = {"+": 1, "-": 1, "*": 2, "/": 2, "**": 3}
_VALUES = {
    "abs": Text("{0}的绝对值", "the absolute value of {0}"),
    "floor": Text("{0}（向下取整）", "{0} rounded down"),
    "ceil": Text("{0}（向上取整）", "{0} rounded up"),
    "sqrt": Text("{0}的平方根", "the square root of {0}"),
    "root": Text("{0}的 {1} 次方根", "the root of {0} of degree {1}"),
    "days_between": Text("{0}至{1}的天数", "the days from {0} to {1}"),
    "year_of": Text("{0}的年份", "the year of {0}"),
    "add_days": Text("{0}之后 {1}", "{0} plus {1}"),
}
_ASKED = {
    "is_known": (Text("{0}已知", "{0} is known"), Text("{0}不知", "{0} is not known")),
    "starts_with": (Text("{0}以{1}开头", "{0} begins with {1}"), Text("{0}不以{1}开头", "{0} does not begin with {1}")),
    "is_credit_code": (
        Text("{0}是校验位相符的统一社会信用代码", "{0} is a unified credit code with the right check sign"),
        Text("{0}不是校验位相符的统一社会信用代码", "{0} is no unified credit code with the right check sign"),
    ),
    "within": (
        Text("{0}计入{1}后仍在 {2} 以内", "{0}, counting {1}, lies within {2}"),
        Text("{0}计入{1}后仍在 {2} 以外", "{0}, counting {1}, lies beyond {2}"),
    ),
}


@dataclass(frozen=True, slots=True)
class Phrases:
    """Says the formulas of a book in one language; parameters by their value in force on the day."""

    book: Book
    on: date
    language: Language

    def clause(self, node: Node, negated: bool = False) -> str:
        """Return a condition as a clause, or its opposite."""
        match node:
            case Logic("not", (term,)):
                return self.clause(term, not negated)
            case Logic(op, terms) if not negated:
                parts = [self.bracketed(t) if isinstance(t, Logic) and t.op != "not" else self.clause(t) for t in terms]
                joiner = {"and": Text("，且", ", and "), "or": Text("，或", ", or ")}[op]
                return joiner.say(self.language).join(parts)
            case Compare("==" | "!=" as op, Name(name), Word("")):
                blank = (op == "==") != negated
                return f"{self.name(name)}{self.w('没有写明', ' is not given') if blank else self.w('已写明', ' is given')}"
            case Compare(op, left, right):
                return self._compared(_OPPOSITE[op] if negated else op, left, right)
            case Truth(value):
                return self.w("总成立", "always") if value != negated else self.w("总不成立", "never")
            case Name(name):
                return self._named(name, negated)
            case Call(function, args) if function in _ASKED:
                said = _ASKED[function][negated].say(self.language)
                return said.format(*(self.term(a, kinds.unit(self.book, args[0]), args[0]) for a in args))
            case Call("one_of", (first, *rest)):
                words = [self.term(r, kinds.unit(self.book, first), first) for r in rest]
                joined = self.listed(words, "或", " or ")
                verb = self.w("不为", " is not ") if negated else self.w("为", " is ")
                return f"{self.term(first)}{verb}{joined}"
            case Call("listed", (Word(name),)):
                return self._on_list(name, negated)
            case Call("when" | "unknown", _) if not negated:
                return self.term(node)
            case _:
                return (
                    self.w(f"并非（{self.clause(node)}）", f"not ({self.clause(node)})") if negated else self.term(node)
                )

    def bracketed(self, node: Node) -> str:
        """Return a clause in brackets."""
        return self.w(f"（{self.clause(node)}）", f"({self.clause(node)})")

    def term(self, node: Node, unit: str | None = None, beside: Node | None = None) -> str:
        """Return a value in words; a bare number or word reads as the value that stands ``beside`` it does."""
        match node:
            case Number(value, own):
                return self._number(value, own, unit, beside)
            case Word(word):
                words = kinds.words(self.book, beside) if beside is not None else {}
                return self.quoted(words[word].say(self.language) if word in words else word)
            case Truth(value):
                return self.w("“是”", "“yes”") if value else self.w("“否”", "“no”")
            case Name(name):
                return self._value(name)
            case Of(base, field):
                return self.w(f"{self.name(base)}的 {field}", f"{field} of {self.name(base)}")
            case Unary(_, operand):
                return f"−{self._part(operand, 3, unit, beside)}"
            case Binary("**", left, right):
                base, power = self._part(left, 4), self.term(right)
                return self.w(f"{base}的 {power} 次方", f"{base} to the power {power}")
            case Binary(op, left, right):
                level = _LEVEL[op]
                near = kinds.unit(self.book, node) if op in "+-" else None
                return f"{self._part(left, level, near)} {_SIGNS[op]} {self._part(right, level + 1, near)}"
            case Compare() | Logic():
                return self.bracketed(node)
            case Call(function, args):
                return self._call(function, args, unit, beside)
            case Rows(table, function, args):
                inner = self.listed([self.term(a) for a in args], "、", ", ")
                help_ = ROW_FUNCTIONS[function]
                return self.w(f"{table} 各行的{help_.zh}（{inner}）", f"{help_.en} of {table} ({inner})")

    def w(self, zh: str, en: str) -> str:
        """Return one of two wordings."""
        return zh if self.language == "zh" else en

    def quoted(self, word: str) -> str:
        """Return a word in quotation marks."""
        return f"“{word}”"

    def name(self, name: str) -> str:
        """Return what a name of the book is called."""
        return named(self.book, name).say(self.language)

    def listed(self, parts: list[str], zh: str, en: str) -> str:
        """Return parts joined, the last by a word of its own."""
        if len(parts) < 2:
            return "".join(parts)
        return self.w("、".join(parts[:-1]) + zh + parts[-1], ", ".join(parts[:-1]) + en + parts[-1])

    def _compared(self, op: str, left: Node, right: Node) -> str:
        for one, other in ((left, right), (right, left)):
            if isinstance(other, Truth) and op in ("==", "!="):
                return self.clause(one, other.value == (op == "!="))
        if kinds.is_date(self.book, left) or kinds.is_date(self.book, right):
            return _DAYS[op].say(self.language).format(self.term(left, None, right), self.term(right, None, left))
        near = kinds.unit(self.book, left) or kinds.unit(self.book, right)
        return _RELATIONS[op].say(self.language).format(self.term(left, near, right), self.term(right, near, left))

    def _named(self, name: str, negated: bool) -> str:
        fact = self.book.facts.get(name)
        if fact is not None and fact.name is None:
            return (
                self.bracketed(fact.node)
                if isinstance(fact.node, Logic) and not negated
                else self.clause(fact.node, negated)
            )
        called = self._value(name)
        if self.book.rule(name) is not None:
            holds = self.w("不成立", " does not hold") if negated else self.w("成立", " holds")
            return self.w(f"规则{self.quoted(called)}{holds}", f"the rule {self.quoted(called)}{holds}")
        if negated:
            return self.w(f"并非“{called}”", f"no to “{called}”")
        return self.w(called, f"yes to “{called}”")

    def _on_list(self, name: str, negated: bool) -> str:
        dated = self.book.lists[name]
        facts = [
            self.name(m.fact) + (self.w(f"（{BY[m.by].zh}）", f" ({BY[m.by].en})") if m.by != "equal" else "")
            for m in dated.match
        ]
        asked, called = self.listed(facts, "和", " and "), self.quoted(dated.name.say(self.language))
        open_ = self.w("（未装入）", " (not loaded)") if dated.entries is None else ""
        if negated:
            return self.w(f"{asked}未列入{called}{open_}", f"{asked} is not on the list {called}{open_}")
        return self.w(f"{asked}列入{called}{open_}", f"{asked} is on the list {called}{open_}")

    def _value(self, name: str) -> str:
        parameter, fact = self.book.parameters.get(name), self.book.facts.get(name)
        if name == "today":
            return self.w("判定之日", "the day asked")
        if fact is not None and fact.name is None:
            return self.term(fact.node) if isinstance(fact.node, Name | Number | Word) else self._inner(fact.node)
        if parameter is None:
            return self.name(name)
        value = in_force(parameter, self.on)
        if isinstance(value, Unknown):
            said = self.w("未设定", "not set")
        else:
            said = spoken(value, parameter.unit, None, described(self.book, name)[1], self.language)
        return self.w(f"{self.name(name)}（{said}）", f"{self.name(name)} ({said})")

    def _inner(self, node: Node) -> str:
        return self.w(f"（{self.term(node)}）", f"({self.term(node)})")

    def _number(self, value: Fraction, own: str | None, unit: str | None, beside: Node | None) -> str:
        if own is not None:
            return spoken(value * kinds.factor(own), own, None, {}, self.language)
        if beside is not None and kinds.is_year(self.book, beside):
            return plain(value)
        return spoken(value, unit, None, {}, self.language)

    def _part(self, node: Node, least: int, unit: str | None = None, beside: Node | None = None) -> str:
        said = self.term(node, unit, beside)
        loose = isinstance(node, Binary) and _LEVEL[node.op] < least
        return self.w(f"（{said}）", f"({said})") if loose else said

    def _call(self, function: str, args: tuple[Node, ...], unit: str | None, beside: Node | None) -> str:
        near = unit or next((u for a in args if (u := kinds.unit(self.book, a)) is not None), None)
        match function, args:
            case "day", (Word(day),):
                return self.day(date.fromisoformat(day))
            case "unknown", _:
                notes = [a.value for a in args if isinstance(a, Word)]
                why = self.w(self._note(notes[0]), self._note(notes[-1])) if notes else ""
                return self.w("无法判定", "undetermined") + (self.w(f"（{why}）", f" ({why})") if why else "")
            case "when", (condition, then, otherwise):
                say = self._branch(args, near, beside)
                return self.w(
                    f"（{self.clause(condition)}时{say(then)}，否则{say(otherwise)}）",
                    f"({say(then)} where {self.clause(condition)}, else {say(otherwise)})",
                )
            case "min" | "max", _:
                said = self.listed([self.term(a, near) for a in args], "、", ", ")
                which = Text("最小者", "the least of ") if function == "min" else Text("最大者", "the largest of ")
                return self.w(f"{said}中的{which.zh}", f"{which.en}{said}")
            case "coalesce", _:
                said = self.listed([self.term(a, near) for a in args], "、", ", ")
                return self.w(f"{said}中首个已知的", f"the first known of {said}")
            case "add_days", (first, days):
                return _VALUES[function].say(self.language).format(self.term(first), self.term(days, "天"))
            case _ if function in _VALUES:
                return _VALUES[function].say(self.language).format(*(self.term(a) for a in args))
            case _ if function in _ASKED or function in ("one_of", "listed"):
                return self.clause(Call(function, args))
            case _:
                inner = self.listed([self.term(a) for a in args], "、", ", ")
                return self.w(f"{FUNCTIONS[function].zh}（{inner}）", f"{FUNCTIONS[function].en} ({inner})")

    def _note(self, why: str) -> str:
        if why == NO_RULE:
            return self.w("决策表没有相应的行", "no row of the table applies")
        return self.w(DETAILS.get(why, why), why)

    def _branch(self, args: tuple[Node, ...], unit: str | None, beside: Node | None) -> Callable[[Node], str]:
        """Return how the branches of a choice are said: as conditions where they are yes or no, else as values."""
        asked = any(kinds.is_truth(self.book, a) for a in args[1:])

        def say(node: Node) -> str:
            match node:
                case Truth(value) if asked:
                    return self.w("成立", "it holds") if value else self.w("不成立", "it does not hold")
                case Call("unknown", _):
                    return self.term(node)
                case _ if asked:
                    return self.w("须", "") + self.clause(node)
                case _:
                    return self.w("为", "") + self.term(node, unit, beside)

        return say

    def day(self, day: date) -> str:
        """Return a day as each language writes it."""
        return self.w(f"{day.year}年{day.month}月{day.day}日", f"{day.day} {_MONTHS[day.month - 1]} {day.year}")


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
