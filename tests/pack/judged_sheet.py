"""A small sheet that judges rows; tests write its check, its sentence, its adverse outcome and the column of its basis."""

SHEET = """
system: t
archetype: index
cite: {at: "1.1", quote: 发展}
about: {zh: 甲, en: a}
parameters:
  line: {name: {zh: 线, en: line}, unit: "1", value: 60}
tables:
  rows:
    name: {zh: 行, en: rows}
    key: [id]
    fields:
      id: {name: {zh: 编号, en: id}, type: text}
      x: {name: {zh: 数, en: x}, unit: "1"}
      law: {name: {zh: 依据, en: basis}, type: text}
    checks:
      - {id: low, when: x < line, then: flag, say: {zh: "CHECK", en: low}}
    verdict:
      outcomes: {bad: {name: {zh: 不可, en: no}, tone: bad}, good: {name: {zh: 可, en: yes}, tone: good}}
      rules: [{give: bad, when: x < line}]
      otherwise: good
      unknown: good
      say: {bad: {zh: "{id} 低于 {line}", en: "SAY"}}
effect:
  outcomes: [OUTCOME]
  loaded: [LOADED]
  decides: {zh: 示例厅, en: the office}
  notice: {zh: 书面, en: written}
  expiry: {zh: 更正, en: correction}
  repair: {zh: 复核, en: review}
answers: []
"""
