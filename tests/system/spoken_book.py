"""A small rule book of specimens that holds every kind of thing a formula may name."""

from zhishu.pack.book import Book
from zhishu.pack.compile_book import compile_book
from zhishu.pack.lines import read_yaml

TEXT = """
book: grant
name: {zh: 示例补助, en: specimen grant}
about: {zh: 示例, en: a specimen}
subject: {zh: 示例申请, en: specimen applications}
key: id
as_of: applied_on
fields:
  id: {name: {zh: 编号, en: id}, type: text, required: true}
  applied_on: {name: {zh: 申请日期, en: date of application}, type: date}
  founded: {name: {zh: 成立年份, en: year founded}, type: year}
  county: {name: {zh: 县（市、区）, en: county}, type: region, levels: [county]}
  kind: {name: {zh: 类型, en: kind}, type: choice, choices: {park: {zh: 园区, en: park}, project: {zh: 项目, en: project}}}
  invest: {name: {zh: 投资额, en: investment}, unit: 万元, min: 0}
  share: {name: {zh: 占比, en: share}, unit: "%", min: 0, max: 100}
  jobs: {name: {zh: 就业人数, en: jobs}, unit: 人, min: 0, whole: true, if_missing: {value: 0, why: {zh: 不报即没有, en: none reported means none}}}
  distance: {name: {zh: 距离, en: distance}, unit: 公里, min: 0}
  error: {name: {zh: 误差, en: error}, unit: 公里, min: 0}
  code: {name: {zh: 行业代码, en: industry code}, type: text}
  credit: {name: {zh: 信用代码, en: credit code}, type: text}
  in_park: {name: {zh: 在园区内, en: inside a park}, type: truth}
  moved: {name: {zh: 属于搬迁, en: a move}, type: truth}
parameters:
  floor: {name: {zh: 投资下限, en: least investment}, unit: 万元, value: {2019-01-01: 100, 2021-01-01: 200}}
  strict: {name: {zh: 从严, en: strict}, type: truth, value: true}
  limit: {name: {zh: 距离上限, en: longest distance}, unit: 公里}
lists:
  steel: {name: {zh: 钢铁名录, en: steel list}, match: {code: {column: code, by: prefix}, county: {column: county}}}
facts:
  each: {formula: invest / jobs, name: {zh: 人均投资, en: investment a job}, unit: 万元/人}
  half: invest / 2
  big: 'when(kind == "park", invest > quantity(1000, "万元"), invest > quantity(500, "万元"))'
  size: {formula: 'when(invest > quantity(1000, "万元"), "large", "small")', name: {zh: 规模, en: size}, words: {large: {zh: 大型, en: large}, small: {zh: 小型, en: small}}}
outcomes:
  paid: {name: {zh: 可补, en: paid}, tone: good}
  cut: {name: {zh: 减半, en: halved}, tone: warn}
  refused: {name: {zh: 不补, en: refused}, tone: bad}
  open: {name: {zh: 无法判定, en: undetermined}, tone: unknown}
rules:
  - {id: small, give: refused, name: {zh: 投资过小, en: too small}, when: invest < floor, unless: in_park, say: {zh: "投资 {invest}", en: "{invest}"}, basis: {zh: 示例办法第一条, en: "specimen rules, article 1"}}
  - {id: on_list, give: cut, name: {zh: 名录内, en: on the list}, when: 'listed("steel") and (strict or kind == "park")', say: {zh: 在名录内, en: on the list}}
  - {id: moves, give: paid, name: {zh: 搬迁, en: a move}, when: moved, overrides: [small], say: {zh: 搬迁, en: a move}}
otherwise: paid
unknown: open
effect: {outcomes: [refused], decides: {zh: 示例机关, en: a specimen office}, notice: {zh: 书面, en: in writing}, objection_days: 5, expiry: {zh: 一年, en: a year}, repair: {zh: 重新申请, en: apply again}}
examples:
  - {id: e1, given: {id: 示例甲, applied_on: 2022-01-01, invest: 150, in_park: false, moved: false, code: "11", county: 示例县}, expect: {verdict: open}}
"""


def spoken_book() -> Book:
    """Return the book compiled."""
    book, problems = compile_book(read_yaml(TEXT, "rules/grant/book.yaml"), TEXT, lambda name: None)
    assert problems == []
    assert book is not None
    return book
