"""Checking a rule book when it is loaded: names, kinds, units, circles, outcomes, precedence and lists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.formula.check import arrange, check, check_declared
from zhishu.formula.check_types import DATE, NUMBER, TRUTH, WORD, Scope, Type
from zhishu.formula.tree import Node, names
from zhishu.pack.book import Book, BookRule
from zhishu.pack.check_intake import check_agree, check_apart, lists_named
from zhishu.pack.compile_parts import Compiler
from zhishu.pack.dated_list import DatedList
from zhishu.pack.measured import check_measured
from zhishu.pack.system import Column
from zhishu.terms import Text
from zhishu.units import Unit, parse_unit

MOST_RULES = 62
"""Rules in one word of bits, so that a register's verdicts can say which of them held."""
PAGES = frozenset({"ask", "batch", "case", "layers", "lists"})
"""Pages of a book that stand where those of its rules do: a rule of that id would have none."""
_KINDS: dict[str, Type] = {"text": WORD, "ref": WORD, "region": WORD, "date": DATE, "year": NUMBER, "truth": TRUTH}


def check_book(book: Book, c: Compiler) -> None:
    """Note every problem of a compiled book."""
    checker = _Checker(book, c)
    checker.declared_names()
    if not c.problems:
        checker.order()
    if not c.problems:
        checker.formulas()


@dataclass(slots=True)
class _Checker:
    book: Book
    c: Compiler
    types: dict[str, Type] = field(default_factory=dict)

    def declared_names(self) -> None:
        """Check that everything named exists and is named once."""
        book = self.book
        seen: dict[str, str] = {}
        for kind, ids in self._declared():
            for name in ids:
                if name in seen:
                    what = Text(f"{name} 已用作{seen[name]}", f"{name} is declared twice")
                    self.c.add("book-name-twice", (kind, name), what, Text("改名", "rename one of them"))
                seen[name] = kind
        for i, rule in enumerate(book.rules):
            if rule.id in PAGES:
                what = Text(
                    f"规则不能叫 {rule.id}：规则册有一页用这个名字",
                    f"no rule may be called {rule.id}: a page of the book has that name",
                )
                self.c.add("book-rule-reserved", ("rules", i, "id"), what, Text("换一个 id", "choose another id"))
        self._known(book.key, book.fields, ("key",), Text("字段", "field"))
        if book.as_of is not None:
            self._known(book.as_of, book.fields, ("as_of",), Text("字段", "field"))
        units = [*(("fields", f.id, f.unit) for f in book.fields.values())]
        units += [("parameters", p.id, p.unit) for p in book.parameters.values()]
        for kind, name, unit in units:
            try:
                parse_unit(unit or "1", self.c.lined.where((kind, name)))
            except ZhishuError as error:
                self.c.problems += error.problems
        for i, rule in enumerate(book.rules):
            self._outcome(rule.give, ("rules", i, "give"))
            for other in rule.overrides:
                self._known(other, [r.id for r in book.rules], ("rules", i, "overrides"), Text("规则", "rule"))
        for given in (book.otherwise, book.unknown):
            self._outcome(given, ("otherwise",))
        if book.unknown in (book.otherwise, *(r.give for r in book.rules)):
            what = Text(
                f"{book.unknown} 是无法判定的结果，规则不得给出",
                f"{book.unknown} stands for what nobody knows; no rule gives it",
            )
            self.c.add("book-unknown-given", ("unknown",), what, Text("另写一个结果", "declare another outcome"))
        if len(book.rules) > MOST_RULES:
            what = Text(
                f"有 {len(book.rules)} 条规则，至多 {MOST_RULES} 条", f"{len(book.rules)} rules, at most {MOST_RULES}"
            )
            self.c.add(
                "book-too-many-rules",
                ("rules",),
                what,
                Text("把相同的合成决策表，或分成几册", "join alike ones in a decision table, or split the book"),
            )
        for name, dated in book.lists.items():
            for fact in dated.facts():
                self._known(fact, book.fields, ("lists", name), Text("字段", "field"))
            if dated.of:
                self._shared(dated)
        for outcome in book.effect.outcomes if book.effect else ():
            self._outcome(outcome, ("effect", "outcomes"))
        for m in book.measured.values():
            check_measured(m, dict(book.fields), frozenset(book.if_missing), self.c)
        for i, example in enumerate(book.examples):
            for word in example.given:
                self._known(word, book.fields, ("examples", i, "given"), Text("字段", "field"))
            for word in example.set:
                settable = [*book.parameters, *book.lists]
                self._known(word, settable, ("examples", i, "set"), Text("参数或名录", "parameter or list"))
        for name, parameter in book.parameters.items():
            if parameter.values and parameter.proposal is not None:
                what = Text(f"{name} 的声明值只是提议", f"the declared value of {name} is only a proposal")
                repair = Text("把 value 改为 proposed：要采用才生效", "write it under proposed: it holds once adopted")
                self.c.add("book-standing-proposal", ("parameters", name), what, repair)

    def _declared(self) -> Iterator[tuple[str, list[str]]]:
        book = self.book
        yield "fields", list(book.fields)
        yield "parameters", list(book.parameters)
        yield "facts", list(book.facts)
        yield "rules", [r.id for r in book.rules]
        yield "checks", [a.id for a in book.checks]
        yield "measured", list(book.measured)
        yield "today", ["today"]

    def _known(
        self, word: str, words: Mapping[str, object] | list[str], path: tuple[str | int, ...], kind: Text
    ) -> None:
        if word not in words:
            what = Text(f"没有{kind.zh} {word}", f"there is no {kind.en} {word}")
            self.c.add("book-unknown-name", path, what, did_you_mean(word, words))

    def _shared(self, dated: DatedList) -> None:
        """Check that a list may have the entries of the one it names: loaded there, looked up in the same columns."""
        path = ("lists", dated.id, "of")
        self._known(dated.of, self.book.lists, path, Text("名录", "list"))
        other = self.book.lists.get(dated.of)
        if other is None:
            return
        alike = [(m.column, m.by, m.every) for m in dated.match] == [(m.column, m.by, m.every) for m in other.match]
        if other.of or other is dated or not alike or dated.entries is not None or dated.proposal is not None:
            what = Text(
                f"名录 {dated.id} 不能用 {dated.of} 的条目",
                f"the list {dated.id} cannot have the entries of {dated.of}",
            )
            repair = Text(
                "指向自己装入条目、核对列相同的名录，本名录不写 file 和 proposal",
                "name a list with entries of its own and the same columns, and give this one neither file nor proposal",
            )
            self.c.add("book-list-of", path, what, repair)

    def _outcome(self, word: str, path: tuple[str | int, ...]) -> None:
        if word not in self.book.outcomes:
            what = Text(f"没有声明的结果 {word}", f"the outcome {word} is not declared")
            self.c.add("pack-unknown-outcome", path, what, did_you_mean(word, self.book.outcomes))

    def order(self) -> None:
        """Check that facts, rules and precedence go in no circle."""
        book = self.book
        reads: dict[str, frozenset[str]] = {f.id: names(f.node) for f in book.facts.values()}
        for rule in book.rules:
            parts = [rule.when, *([rule.unless] if rule.unless is not None else [])]
            above = frozenset(o.id for o in book.rules if rule.id in o.overrides)
            reads[rule.id] = above.union(*(names(p) for p in parts))
        try:
            arrange(reads, book.file)
        except ZhishuError as error:
            self.c.problems += error.problems

    def formulas(self) -> None:
        """Check kinds and units of every formula."""
        book = self.book
        self.types = {k: column_type(column) for k, column in book.fields.items()}
        for name, parameter in book.parameters.items():
            choices = frozenset(parameter.choices) or None
            base = Type("word", choices=choices) if parameter.type == "choice" else _KINDS.get(parameter.type, NUMBER)
            self.types[name] = Type("number", _unit(parameter.unit)) if base.kind == "number" else base
        self.types["today"] = DATE
        rules = {r.id: r for r in book.rules}
        for name in arrange(
            {**{f.id: names(f.node) for f in book.facts.values()}, **{r.id: self._reads(r) for r in book.rules}}
        ):
            if name in book.facts:
                self._fact(name)
            else:
                self._rule(rules[name])
        for agree in book.checks:
            check_agree(book, agree, self.types, self.c)
        for m in book.measured.values():
            check_apart(book, m, self.c)

    def _reads(self, rule: BookRule) -> frozenset[str]:
        return names(rule.when) | (names(rule.unless) if rule.unless is not None else frozenset())

    def _fact(self, name: str) -> None:
        fact = self.book.facts[name]
        found = self._type(fact.node, f"facts.{name}")
        if found is None:
            self.types[name] = Type("number", _unit(fact.unit))
            return
        if found.kind == "number" and fact.unit is not None:
            try:
                check_declared(found, Type("number", _unit(fact.unit)), f"{self.book.file} facts.{name}")
            except ZhishuError as error:
                self.c.problems += error.problems
            found = Type("number", _unit(fact.unit))
        self.types[name] = found

    def _rule(self, rule: BookRule) -> None:
        for part, node in (("when", rule.when), ("unless", rule.unless)):
            if node is None:
                continue
            found = self._type(node, f"{rule.where} {rule.id}.{part}")
            if found is not None and found.kind != "truth":
                what = Text("条件应得是或否", "the condition should give yes or no")
                repair = Text("写成比较", "write a comparison")
                self.c.problems.append(Problem("formula-kind", f"{rule.where} {rule.id}.{part}", what, repair))
        self.types[rule.id] = TRUTH

    def _type(self, node: Node, place: str) -> Type | None:
        for name in lists_named(node):
            if name not in self.book.lists:
                what = Text(f"没有名录 {name}", f"there is no list {name}")
                self.c.problems.append(Problem("book-unknown-name", place, what, did_you_mean(name, self.book.lists)))
        try:
            return check(node, Scope("book", self.types), place)
        except ZhishuError as error:
            self.c.problems += error.problems
            return None


def column_type(column: Column) -> Type:
    """Return what a formula reads in a field."""
    if column.type == "choice":
        return Type("word", choices=frozenset(column.choices))
    base = _KINDS.get(column.type, NUMBER)
    return Type("number", _unit(column.unit)) if base.kind == "number" and column.unit else base


def _unit(symbol: str | None) -> Unit | None:
    return parse_unit(symbol) if symbol else None
