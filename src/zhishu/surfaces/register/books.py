"""Rule books as a user names them: of the pack by id, or a file of one's own; lists of one's own beside."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from zhishu.errors import Problem, ZhishuError, did_you_mean
from zhishu.judge.ruleset import RuleSet
from zhishu.pack.book import Book
from zhishu.pack.compile_book import beside, compile_book
from zhishu.pack.dated_list import DatedList
from zhishu.pack.lines import read_yaml
from zhishu.pack.load_list import read_list
from zhishu.study.open import Study
from zhishu.system.books.layers import Fitted, fit_layers
from zhishu.terms import Text


def book_named(study: Study, name: str) -> Book:
    """Return a book of the pack, or of a file whose name ends in .yaml.

    Raises ZhishuError ``book-unknown``, ``book-file`` and every problem of the file.
    """
    path = Path(name)
    if path.suffix not in (".yaml", ".yml"):
        return study.pack.book(name)
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        what = Text(
            f"读不了 {path.name}：{error.__class__.__name__}", f"{path.name} cannot be read: {error.__class__.__name__}"
        )
        repair = Text("写规则册的 YAML 文件，UTF-8", "name the YAML file of a rule book, in UTF-8")
        raise ZhishuError([Problem("book-file", path.name, what, repair)]) from error
    book, problems = compile_book(read_yaml(text, path.name), text, beside(path.parent))
    if book is None or problems:
        raise ZhishuError(problems)
    return book


def lists_given(book: Book, given: Sequence[str]) -> Mapping[str, DatedList]:
    """Return the lists that ``NAME=FILE`` options load in place of a book's own.

    Raises ZhishuError ``list-unknown``, ``list-missing`` and every problem of a list's rows.
    """
    found: dict[str, DatedList] = {}
    problems: list[Problem] = []
    for option in given:
        name, _, file = option.partition("=")
        path = Path(file)
        if name not in book.lists:
            what = Text(f"规则册没有名录 {name}", f"the book has no list {name}")
            problems.append(Problem("list-unknown", f"--list {name}", what, did_you_mean(name, book.lists)))
        elif not path.is_file():
            what = Text(f"没有文件 {file}", f"there is no file {file}")
            problems.append(
                Problem("list-missing", f"--list {name}", what, Text("写作 名录=文件.csv", "write LIST=FILE.csv"))
            )
        else:
            entries, more = read_list(path.read_text(encoding="utf-8-sig"), path.name, book.lists[name].match)
            problems += more
            found[name] = replace(book.lists[name], entries=entries)
    if problems:
        raise ZhishuError(problems)
    return found


def layers_given(rules: RuleSet, given: Sequence[str]) -> Mapping[str, Fitted]:
    """Return the layers that ``NAME=FILE`` options load, fitted to the measurements of a book.

    Raises ZhishuError ``layer-missing`` and every problem of the layers and their lines.
    """
    if not given:
        return {}
    # the geometry libraries take longer to load than a case takes to judge
    from zhishu.data.space.layer import Layer, read_layer

    found: dict[str, Layer] = {}
    problems: list[Problem] = []
    for option in given:
        name, _, file = option.partition("=")
        path = Path(file)
        try:
            found[name] = read_layer(path.read_text(encoding="utf-8-sig"), path.name)
        except (OSError, UnicodeDecodeError):
            what = Text(f"读不了文件 {file}", f"the file {file} cannot be read")
            repair = Text("写作 图层=文件.geojson，UTF-8", "write LAYER=FILE.geojson, in UTF-8")
            problems.append(Problem("layer-missing", f"--layer {name}", what, repair))
        except ZhishuError as error:
            problems += error.problems
    if problems:
        raise ZhishuError(problems)
    return fit_layers(rules, found)
