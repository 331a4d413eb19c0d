"""docs/reference/promises.md is kept: what the rule of reading says in words holds for every promise."""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from zhishu.pack.promise import Promise
from zhishu.source import read_text, split
from zhishu.study import Study

ROOT = Path(__file__).resolve().parents[2]
OPEN = ["争取", "力争", "争创", "探索", "研究(?!制定)", "鼓励", "引导", "激励"]
MORE = [
    "加强",
    "强化",
    "增强",
    "提升",
    "提高",
    "增加",
    "扩大",
    "拓展",
    "扩展",
    "加大",
    "深化",
    "完善",
    "健全",
    "优化",
    "促进",
    "发展",
    "培育",
    "培养",
    "壮大",
    "做强",
    "做实",
    "做优",
    "创新",
    "降低",
    "(?<!全面)推广",
    "进一步",
    "深入推进",
]
PRESS = ["严控", "严格控制", "遏制", "打击", "整治", "防范", "防控", "规范"]
GIVEN = ["出台", "制定", "编制", "修订", "公布", "成立", "组建", "设立", "创设", "派驻", "统一", "放开"]
STATE = [
    "高地",
    "增长极",
    "门户",
    "强省",
    "强市",
    "枢纽",
    "经济中心",
    "目的地",
    "名城",
    "格局",
    "走廊",
    "城市群",
    "产业带",
    "经济带",
    "样板",
    "战略",
    "模式",
]
TITLE = re.compile("示范|试点|试验|先行|引领")
BAN = re.compile("禁止|严禁|暂停|红线")
CASE = re.compile("^对|同等享受|可在")
MANNER = [
    "加快",
    "加速",
    "大力",
    "积极",
    "着力",
    "深入",
    "全面",
    "持续",
    "主动",
    "高水平",
    "高标准",
    "高质量",
    "坚决",
    "全力",
    "依法",
    "有序",
    "有效",
    "妥善",
    "统筹",
    "科学",
    "逐步",
    "聚力",
    "重点",
    "优先",
    "多渠道",
    "因地制宜",
    "不断",
    "同步",
    "协同",
    "稳步",
    "严肃",
    "前瞻",
    "深度",
]
STRIVE = re.compile("争取|力争|争创")
# Mentioned without being a place the promise is about: sentence → name and why.
ELSEWHERE = {
    "3.6": {"环成都经济圈"},  # inside the title of a model city
    "3.16": {"南部"},  # the south, not the county
    "3.28": {"嘉陵"},  # the river
    "3.34": {"凉山"},  # 大小凉山, a mountain area without a code
    "7.5": {"新都"},  # 新都桥, a town of Kangding
    "7.22": {"嘉陵"},
    "7.26": {"成都"},  # the railway bureau
    "22.6": {"嘉陵"},
}
SHORT = {
    "510100": {"成德", "成眉", "成资", "成南达", "成自宜", "成昆", "蓉"},
    "510300": {"成自宜"},
    "510600": {"成德"},
    "510700": {"绵遂内", "成德绵"},
    "510900": {"绵遂内"},
    "511000": {"绵遂内"},
    "511300": {"成南达", "汉巴南"},
    "511400": {"成眉"},
    "511900": {"汉巴南"},
    "512000": {"成资"},
    "zone:chengdu_plain": {"成都平原"},
    "zone:around_chengdu": {"环成都经济圈"},
    "zone:chuannan": {"川南"},
    "zone:chuandongbei": {"川东北"},
    "zone:chuanxibei": {"川西北"},
    "zone:panxi": {"攀西"},
}


@pytest.fixture(scope="module")
def sentences(shared: Path) -> Mapping[str, str]:
    """Return the supplied text by sentence."""
    return {s.id: s.text for s in split(read_text(shared / "decision" / "decision.txt"))}


def clause(sentence: str, quote: str) -> str:
    """Return the stretch between commas in which the anchor begins.

    >>> clause("加快甲建设，争取乙落户，实施丙。", "乙")
    '争取乙落户'
    """
    at = sentence.index(quote)
    start = max(sentence.rfind(mark, 0, at + 1) for mark in "，；;。") + 1
    return re.split("[，；;。]", sentence[start:], maxsplit=1)[0]


def begins(text: str, words: list[str]) -> bool:
    """Return whether the first verb, words of manner aside, is one of these."""
    return re.match(f"(?:{'|'.join(MANNER)})*?(?:{'|'.join(words)})", text) is not None


def read(study: Study, sentences: Mapping[str, str]) -> Iterator[tuple[Promise, str]]:
    """Yield every promise with its clause."""
    for p in study.pack.promises():
        yield p, clause(sentences[p.cite.at], p.cite.quote)


def to_be_reached(p: Promise) -> bool:
    """Return whether the promise has a number to reach or a date."""
    return p.deadline is not None or any(q.role == "target" for q in p.quantities)


def sized(p: Promise) -> bool:
    """Return whether a size in the name says when it is reached, as 千亿级."""
    return any(q.role == "in_name" and q.op == ">=" for q in p.quantities)


def test_what_is_left_open_is_never_firm(study: Study, sentences: Mapping[str, str]) -> None:
    """争取 and its like, more without an amount, and pressing on without a bound, name no deliverable."""
    wrong = [
        p.id
        for p, text in read(study, sentences)
        if p.specificity == "firm"
        and (begins(text, OPEN) or (begins(text, MORE + PRESS) and p.kind != "regulation_or_plan" and not sized(p)))
        and not text.startswith("集中整治")
    ]
    assert wrong == []


def test_what_is_issued_or_set_up_is_never_soft(study: Study, sentences: Mapping[str, str]) -> None:
    """A document, a body, a standard made one: anyone can say whether it is there."""
    wrong = [
        p.id
        for p, text in read(study, sentences)
        if p.specificity == "soft" and (p.measured_by == ("document", "") or begins(text, GIVEN))
        if not text.startswith("进一步")
    ]
    assert wrong == []


def test_hard_has_a_ground_and_every_ground_makes_hard(study: Study, sentences: Mapping[str, str]) -> None:
    """Hard is a number to reach, a date, a ban, or a case with its consequence; nothing else."""
    for p, text in read(study, sentences):
        ground = to_be_reached(p) or BAN.search(text) is not None
        cased = CASE.search(text) or CASE.search(sentences[p.cite.at]) or p.modality == "permission"
        assert (p.specificity == "hard") >= ground, p.id
        assert ground or cased or p.specificity != "hard", p.id


def test_a_position_is_never_firm(study: Study) -> None:
    """A hub, a gateway or a strategy is no deliverable, unless it is a title somebody grants."""
    state = re.compile(f"(?:{'|'.join(STATE)})$")
    wrong = [
        p.id
        for p in study.pack.promises()
        if p.specificity == "firm" and state.search(p.cite.quote) and not TITLE.search(p.cite.quote)
    ]
    assert wrong == []


def test_modality_is_what_the_clause_says(study: Study, sentences: Mapping[str, str]) -> None:
    """Strive and gradual stand where, and only where, the clause has the word."""
    for p, text in read(study, sentences):
        assert (p.modality == "strive") == bool(STRIVE.search(text)), p.id
        assert (p.modality == "gradual") == ("逐步" in text), p.id
        assert p.modality != "initial" or "初步" in text, p.id


def test_titles_do_not_strive_for_the_text(study: Study, sentences: Mapping[str, str]) -> None:
    """A title says 争取 or 争创 only of a clause that does."""
    assert [p.id for p, text in read(study, sentences) if STRIVE.search(p.title.zh) and not STRIVE.search(text)] == []


def names(study: Study) -> dict[str, set[str]]:
    """Return what each region may be called in the text."""
    found = {code: set(words) for code, words in SHORT.items()}
    for region in study.data.regions.by_code.values():
        if region.level in ("prefecture", "county") and region.valid_to is None:
            short = re.sub(r"((藏族|羌族|彝族)+自治[州县]|[市县区])$", "", region.name.zh)
            found.setdefault(region.code, set()).update({region.name.zh, short} if len(short) > 1 else {region.name.zh})
    prefectures = set().union(*(words for code, words in found.items() if code.endswith("00")))
    # A county called like its prefecture is not meant unless it is written out.
    return {c: w if c.endswith("00") or c.startswith("zone") else w - prefectures for c, w in found.items()}


def test_every_region_is_named_or_explained(study: Study, sentences: Mapping[str, str]) -> None:
    """A region is named in the sentence, or inherited from one before it in the article, or has a note."""
    called = names(study)
    for p in study.pack.promises():
        number = int(p.cite.at.split(".")[1])
        heard = "".join(sentences[f"{p.article}.{n}"] for n in range(number + 1))
        for code in p.regions:
            assert p.note or any(word in heard for word in called[code]), (p.id, code)


def test_every_place_named_is_a_region(study: Study, sentences: Mapping[str, str]) -> None:
    """No place of the province that a sentence names is left out of its promises."""
    called, missed = names(study), []
    for at, text in sentences.items():
        given = {code for p in study.pack.promises() if p.cite.at == at for code in p.regions}
        if not any(p.cite.at == at for p in study.pack.promises()):
            continue
        plain = text.replace("环成都经济圈", "〇").replace("成都平原", "〇")
        for code, words in called.items():
            hit = {w for w in words if w in (text if code.startswith("zone") else plain)}
            if code not in given and hit - ELSEWHERE.get(at, set()):
                missed.append((at, code))
    assert missed == []


def test_every_target_says_whom_it_binds_and_how_a_bare_number_is_read(study: Study) -> None:
    """Scope is in words; a number without 以上 or 左右 is read as exactly or as at least, the other beside it."""
    for key, target in study.pack.targets.items():
        assert "读法" not in target.scope.zh.split("；")[0], key
        if target.op == "=":
            assert re.search("恰|不少于", target.reading.zh), key
            assert target.readings, key


def test_the_page_of_the_rule_names_every_word_tested() -> None:
    """The words of these tests stand in the document, so that a reader finds the rule applied."""
    page = (ROOT / "docs/reference/promises.md").read_text(encoding="utf-8")
    assert [w for w in OPEN + MORE + PRESS + GIVEN + STATE if re.sub(r"\(.*?\)", "", w) not in page] == []
