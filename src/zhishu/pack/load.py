"""Loading a whole pack: every file read, every problem collected, nothing half-loaded."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.pack.archetype import SHEETS, composed, load_archetypes
from zhishu.pack.assessment import Assessment, load_assessments
from zhishu.pack.book import Book
from zhishu.pack.catalogue import COLUMNS as CATALOGUE
from zhishu.pack.catalogue import Entry, catalogue_from_rows
from zhishu.pack.catalogued import catalogued
from zhishu.pack.check_system import check_system
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.compile_system import compile_system
from zhishu.pack.header import Header, load_header
from zhishu.pack.indicator import Indicator, load_indicators
from zhishu.pack.lines import Lined, read_yaml
from zhishu.pack.load_profiles import load_profiles
from zhishu.pack.load_promises import load_promises
from zhishu.pack.load_workflows import load_workflows
from zhishu.pack.profile import Profile
from zhishu.pack.promise import Article, Promise
from zhishu.pack.scheme import Scheme, load_schemes
from zhishu.pack.system import System
from zhishu.pack.tables import distinct, read_table
from zhishu.pack.target import Target, load_targets
from zhishu.pack.warning import DeclaredWarning, load_warnings
from zhishu.pack.workflow import Workflow
from zhishu.source import Citation, SentenceIndex, read_index, verify_places
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Pack:
    """A strategy as checked declarations."""

    header: Header
    folder: Path
    index: SentenceIndex
    catalogue: Mapping[str, Entry]
    articles: Mapping[int, Article]
    indicators: Mapping[str, Indicator]
    targets: Mapping[str, Target]
    schemes: Mapping[str, Scheme]
    workflows: Mapping[str, Workflow]
    systems: Mapping[str, System]
    warnings: Mapping[str, DeclaredWarning]
    digest: str
    profiles: Mapping[str, Profile] = field(default_factory=dict)
    assessments: Mapping[str, Assessment] = field(default_factory=dict)
    books: Mapping[str, Book] = field(default_factory=dict)

    def promises(self) -> tuple[Promise, ...]:
        """Return every promise in the order of the text."""
        return tuple(p for n in sorted(self.articles) for p in self.articles[n].promises)

    def citations(self) -> tuple[Citation, ...]:
        """Return every citation of the pack with the place it is written."""
        found = [Citation(p.cite.at, p.cite.quote, p.where) for p in self.promises()]
        found += [Citation(i.cite.at, i.cite.quote, i.where) for i in self.indicators.values()]
        found += [Citation(t.cite.at, t.cite.quote, t.where) for t in self.targets.values()]
        for system in self.systems.values():
            cites = [system.cite, *system.also, *(p.cite for p in system.parameters.values() if p.cite)]
            found += [Citation(c.at, c.quote, c.where) for c in cites]
        found += [
            Citation(e.at, e.name.zh, f"catalogue.csv:{line}")
            for line, e in enumerate(self.catalogue.values(), start=2)
        ]
        for scheme in self.schemes.values():
            cites = [scheme.cite, *(d.cite for d in scheme.dimensions)]
            found += [Citation(c.at, c.quote, c.where) for c in cites]
        found += [Citation(a.cite.at, a.cite.quote, a.cite.where) for a in self.assessments.values()]
        found += [Citation(w.cite.at, w.cite.quote, w.where) for w in self.workflows.values()]
        found += [Citation(p.cite.at, p.cite.quote, p.where) for p in self.profiles.values() if p.cite]
        found += [Citation(w.cite.at, w.cite.quote, w.where) for w in self.warnings.values()]
        for book in self.books.values():
            cites = [r.cite for r in book.rules if r.cite] + [d.cite for d in book.lists.values() if d.cite]
            cites += [p.cite for p in book.parameters.values() if p.cite]
            found += [Citation(c.at, c.quote, c.where) for c in cites]
        framed = [p.cite for p in self.header.problems] + [a.cite for a in self.header.answers]
        found += [Citation(c.at, c.quote, c.where) for c in framed]
        return tuple(found)

    def profile(self, name: str) -> Profile:
        """Return a template profile. Raises ZhishuError ``profile-unknown``."""
        if name in self.profiles:
            return self.profiles[name]
        what = Text(f"没有样式 {name}", f"there is no profile {name}")
        raise ZhishuError([Problem("profile-unknown", name, what, did_you_mean(name, self.profiles))])

    def book(self, name: str) -> Book:
        """Return a rule book. Raises ZhishuError ``book-unknown``."""
        if name in self.books:
            return self.books[name]
        what = Text(f"没有规则册 {name}", f"there is no rule book {name}")
        raise ZhishuError([Problem("book-unknown", name, what, did_you_mean(name, self.books))])

    def system(self, name: str) -> System:
        """Return a declared system. Raises ZhishuError ``system-unknown`` or ``system-undeclared``."""
        if name in self.systems:
            return self.systems[name]
        if name in self.catalogue:
            what = Text(f"系统 {name} 只有目录，还没有声明", f"the system {name} is catalogued but not declared yet")
            repair = Text(
                "zhishu systems --level 3 列出可用的系统", "zhishu systems --level 3 lists those that can be used"
            )
            raise ZhishuError([Problem("system-undeclared", name, what, repair)])
        what = Text(f"没有系统 {name}", f"there is no system {name}")
        raise ZhishuError([Problem("system-unknown", name, what, did_you_mean(name, self.catalogue))])


def load_pack(folder: Path, with_systems: bool = True) -> Pack:
    """Return the pack of a folder. Raises ZhishuError with every problem of every file.

    Systems are most of a pack's text; what asks for none may leave them on the shelf.
    """
    problems: list[Problem] = []
    head = _try(folder / "pack.yaml", folder, problems)
    if head is None:
        raise ZhishuError(problems)
    index = read_index(folder / "sentences.csv", load_header(head).id)
    sentences = frozenset(index.ids())
    header = load_header(head, (int(at.split(".")[0]) for at in sentences))
    catalogue = _catalogue(folder, problems)
    if problems:
        # without it every system would be unknown
        raise ZhishuError(problems)
    articles: dict[int, Article] = {}
    indicators: dict[str, Indicator] = {}
    targets: dict[str, Target] = {}
    schemes: dict[str, Scheme] = {}
    assessments: dict[str, Assessment] = {}
    systems: dict[str, System] = {}
    for path in sorted((folder / "articles").glob("*/*.yaml")):
        if path.name == "promises.yaml":
            lined = _try(path, folder, problems)
            article, found = load_promises(lined, sentences) if lined else (None, [])
            problems += found
            if article is not None and article.number in articles:
                what = Text(f"第 {article.number} 条写了两次", f"article {article.number} is declared twice")
                where = path.relative_to(folder).as_posix()
                problems.append(Problem("pack-duplicate-id", where, what, Text("改条号", "correct the number")))
            elif article is not None:
                articles[article.number] = article
        elif path.name == "indicators.yaml":
            lined = _try(path, folder, problems)
            more, found = load_indicators(lined) if lined else ({}, [])
            problems += [*found, *_twice(indicators, more)]
            indicators.update(more)
        elif path.name == "schemes.yaml":
            lined = _try(path, folder, problems)
            declared, found = load_schemes(lined) if lined else ({}, [])
            problems += [*found, *_twice(schemes, declared)]
            schemes.update(declared)
        elif path.name == "assessments.yaml":
            lined = _try(path, folder, problems)
            rounds, found = load_assessments(lined) if lined else ({}, [])
            problems += [*found, *_twice(assessments, rounds)]
            assessments.update(rounds)
        elif path.name == "targets.yaml":
            lined = _try(path, folder, problems)
            new, found = load_targets(lined, header.adopted_on, header.home) if lined else ({}, [])
            problems += [*found, *_twice(targets, new)]
            targets.update(new)
    archetypes = load_archetypes() if with_systems else {}
    workflows = _workflows(folder, problems)
    profiles = _profiles(folder, problems)
    warnings = _warnings(folder, problems)
    for path in sorted((folder / "articles").glob("*/systems/*.yaml")) if with_systems else ():
        lined = _try(path, folder, problems)
        if lined is None:
            continue
        try:
            lined, base = composed(lined, archetypes)
        except ZhishuError as error:
            problems += error.problems
            continue
        system, found = compile_system(lined, path.read_text(encoding="utf-8"), base, workflows)
        problems += found
        if system is not None:
            problems += [*catalogued(system, catalogue, lined), *check_system(system)]
            if system.id in systems:
                what = Text(f"系统 {system.id} 声明了两次", f"the system {system.id} is declared twice")
                problems.append(
                    Problem("pack-duplicate-id", lined.where(("system",)), what, Text("删去一份", "keep one"))
                )
            systems[system.id] = system
    books = _books(folder, problems)
    problems += _promises_twice(articles)
    pack = Pack(
        header,
        folder,
        index,
        catalogue,
        articles,
        indicators,
        targets,
        schemes,
        workflows,
        systems,
        warnings,
        digest(folder),
        profiles,
        assessments,
        books,
    )
    problems += verify_places(pack.citations(), index.ids())
    if problems:
        raise ZhishuError(problems)
    return pack


def _catalogue(folder: Path, problems: list[Problem]) -> dict[str, Entry]:
    """Return the catalogue; a table nobody can read is empty, with its problems noted."""
    rows = distinct(
        read_table(folder / "catalogue.csv", folder, CATALOGUE, problems), ("id",), "catalogue.csv", problems
    )
    for line, row in rows:
        for column in ("outputs", "bad_input"):
            if not row[column].isdecimal():
                what = Text(f"{column} 不是整数：{row[column]}", f"{column} is not a whole number: {row[column]}")
                repair = Text("写个数", "write how many")
                problems.append(Problem("pack-number", f"catalogue.csv:{line}", what, repair))
    return {} if problems else catalogue_from_rows([row for _, row in rows])


def _read(path: Path, folder: Path) -> Lined:
    return read_yaml(path.read_text(encoding="utf-8"), path.relative_to(folder).as_posix())


def _try(path: Path, folder: Path, problems: list[Problem]) -> Lined | None:
    try:
        return _read(path, folder)
    except ZhishuError as error:
        problems += error.problems
    except OSError:
        where = path.relative_to(folder).as_posix()
        what = Text("没有这个文件", "the file is missing")
        problems.append(Problem("pack-table-missing", where, what, Text("补上", "add it")))
    except UnicodeDecodeError:
        where = path.relative_to(folder).as_posix()
        what = Text("文件不是 UTF-8", "the file is not UTF-8")
        problems.append(Problem("pack-encoding", where, what, Text("另存为 UTF-8", "save it as UTF-8")))
    return None


def _workflows(folder: Path, problems: list[Problem]) -> dict[str, Workflow]:
    """Return the workflows of a pack; one without the file has none."""
    path = folder / "workflows.yaml"
    lined = _try(path, folder, problems) if path.is_file() else None
    found, more = load_workflows(lined) if lined else ({}, [])
    problems += more
    return found


def _profiles(folder: Path, problems: list[Problem]) -> dict[str, Profile]:
    """Return the template profiles of a pack; one without the file has none."""
    path = folder / "profiles.yaml"
    lined = _try(path, folder, problems) if path.is_file() else None
    found, more = load_profiles(lined) if lined else ({}, [])
    problems += more
    return found


def _warnings(folder: Path, problems: list[Problem]) -> dict[str, DeclaredWarning]:
    """Return the warnings of a pack; one without the file has none."""
    path = folder / "warnings.yaml"
    lined = _try(path, folder, problems) if path.is_file() else None
    found, more = load_warnings(lined) if lined else ({}, [])
    problems += more
    return found


Declared = Mapping[str, Indicator] | Mapping[str, Target] | Mapping[str, Scheme] | Mapping[str, Assessment]


def _books(folder: Path, problems: list[Problem]) -> dict[str, Book]:
    """Return the rule books of a pack: each has a folder of its own under ``rules``, with its lists and tables."""
    found: dict[str, Book] = {}
    for path in sorted((folder / "rules").glob("*/book.yaml")):
        lined = _try(path, folder, problems)
        if lined is None:
            continue
        book, more = compile_book(lined, path.read_text(encoding="utf-8"), beside(path.parent))
        problems += more
        if book is not None and book.id != path.parent.name:
            what = Text(
                f"规则册 {book.id} 放在目录 {path.parent.name}",
                f"the book {book.id} stands in the folder {path.parent.name}",
            )
            problems.append(
                Problem(
                    "book-folder", lined.where(("book",)), what, Text("目录与 book 同名", "name the folder after it")
                )
            )
        if book is not None:
            found[book.id] = book
    return found


def _twice(known: Declared, more: Declared) -> list[Problem]:
    return [
        Problem(
            "pack-duplicate-id",
            more[name].where,
            Text(f"编号 {name} 用了两次：{known[name].where}", f"the id {name} is used twice: {known[name].where}"),
            Text("改名", "rename one"),
        )
        for name in sorted(set(known) & set(more))
    ]


def _promises_twice(articles: Mapping[int, Article]) -> list[Problem]:
    first: dict[str, Promise] = {}
    found = []
    for article in articles.values():
        for promise in article.promises:
            if promise.id in first:
                what = Text(f"编号 {promise.id} 用了两次", f"the id {promise.id} is used twice")
                found.append(Problem("pack-duplicate-id", promise.where, what, Text("改名", "rename one")))
            first.setdefault(promise.id, promise)
    return found


def digest(folder: Path) -> str:
    """Return the SHA-256 over every file of the pack and every archetype, in the order of their names."""
    total = hashlib.sha256()
    for root in (folder, SHEETS):
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix in (".yaml", ".csv"):
                total.update(path.relative_to(root).as_posix().encode())
                total.update(path.read_bytes())
    return total.hexdigest()
