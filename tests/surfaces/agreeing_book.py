"""A small rule book of specimens whose facts must agree, and what a user may fill in of it."""

from zhishu.pack.book import Book
from zhishu.pack.compile_book import compile_book
from zhishu.pack.lines import read_yaml

TEXT = """
book: works
name: {zh: 示例工程, en: specimen works}
about: {zh: 示例, en: a specimen}
subject: {zh: 示例工程, en: specimen works}
key: id
fields:
  id: {name: {zh: 编号, en: id}, type: text, required: true}
  county: {name: {zh: 县（市、区）, en: county}, type: region, levels: [county]}
  begun: {name: {zh: 开工日期, en: begun on}, type: date}
  done: {name: {zh: 竣工日期, en: done on}, type: date}
  whole: {name: {zh: 总面积, en: whole area}, unit: 公顷, min: 0}
  part: {name: {zh: 其中已用, en: of it used}, unit: 公顷, min: 0}
  other: {name: {zh: 其中未用, en: of it unused}, unit: 公顷, min: 0, if_missing: {value: 50, why: {zh: 示例, en: specimen}}}
  open: {name: {zh: 仍在建, en: still open}, type: truth}
parameters:
  limit: {name: {zh: 示例上限, en: specimen limit}, unit: 公顷, value: 10}
facts: {rest: whole - part}
checks:
  - {id: in_order, name: {zh: 先开工后竣工, en: begun before done}, formula: begun <= done, say: {zh: "{done} 竣工，早于开工", en: "done on {done}, before it began"}}
  - {id: in_whole, name: {zh: 部分不大于总和, en: parts within the whole}, formula: part + other <= whole, say: {zh: "已用 {part}", en: "{part} used"}}
outcomes:
  small: {name: {zh: 小, en: small}, tone: good}
  large: {name: {zh: 大, en: large}, tone: warn}
  dim: {name: {zh: 无法判定, en: undetermined}, tone: unknown}
rules:
  - {id: big, give: large, name: {zh: 大, en: large}, when: rest > limit and open, say: {zh: 大, en: large}}
otherwise: small
unknown: dim
"""


def agreeing_book(text: str = TEXT) -> Book:
    """Return the book compiled."""
    book, problems = compile_book(read_yaml(text, "works.yaml"), text, lambda name: None)
    assert book is not None, problems
    return book


def refused(text: str) -> list[tuple[str, str]]:
    """Return code and place of what is wrong with a book."""
    _, problems = compile_book(read_yaml(text, "works.yaml"), text, lambda name: None)
    return [(p.code, p.where) for p in problems]
