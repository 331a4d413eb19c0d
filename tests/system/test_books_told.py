"""What a command prints of an opinion: what keeps a rule open is said by name, in both languages."""

from datetime import date

from zhishu.study import Study
from zhishu.study.judging import judge_one, open_book
from zhishu.system.books.told import lines_of

CELLS = {"id": "示例1", "kind": "园区", "chemical": "重化工", "action": "新建"}


def test_an_open_rule_says_what_it_lacks(study: Study) -> None:
    """Facts stand by name, once; a parameter that waits for the day of the law stands as that day."""
    rules = open_book(study, "siting", date(2022, 12, 31))
    case, opinion = judge_one(study, rules, CELLS)
    zh, en = ([*lines_of(rules, case, opinion, language)] for language in ("zh", "en"))
    assert "  可能成立：供地率低的市县暂停新增指标（缺申请日期、所在县近五年供应面积）" in zh
    quota = "No new quota where little land was supplied"
    assert f"  may hold: {quota} (for want of applied on, land supplied in five years)" in en
    park = next(line for line in zh if "沿江一公里内不得新建重化工园区" in line)
    assert park.endswith(
        "（缺申请日期、距岸线距离、最近河流、距长江干流岸线距离、距名录内支流岸线距离；或因河流不在名录）"
    )
    assert not any(name in line for line in (*zh, *en) for name in rules.book.parameters)


def test_a_full_case_keeps_nothing_open(study: Study) -> None:
    """Where the verdict is certain no rule is said to wait."""
    rules = open_book(study, "siting", date(2022, 12, 31))
    case, opinion = judge_one(study, rules, {**CELLS, "in_red_line": "是", "permitted_activity": "否"})
    assert opinion.verdict == "forbidden"
    assert not any("可能成立" in line for line in lines_of(rules, case, opinion, "zh"))
