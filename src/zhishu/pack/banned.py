"""What no pack may declare and no file may bring: columns that hold what single persons are.

Names of persons, identity numbers, ethnicity, religion, health and family planning are refused by the names of
their columns. Most words are compared whole, after brackets, blanks and a person before them (户主、学生) are
taken off, because inside other words they mean something else: 名称 and 地名 name things, 民族地区 is a region,
设计生产能力 holds 计生, 季节育苗 holds 节育, 诚信教育 holds 信教, 河湖健康状况 is of a river. Posts and units that answer for
something (责任人、联系人) are not refused: a post stands there, not a name.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from zhishu.errors import Problem
from zhishu.terms import Text

NAME = Text("个人姓名", "names of persons")
IDENTITY = Text("身份证件号码", "identity numbers")
ETHNICITY = Text("民族成分", "ethnicity")
RELIGION = Text("宗教信仰", "religion")
HEALTH = Text("个人健康", "health of persons")
FAMILY = Text("计划生育", "family planning")

# refused wherever they stand in a column's name
_INSIDE: tuple[tuple[str, Text], ...] = (
    ("姓名", NAME),
    ("身份证", IDENTITY),
    ("公民身份号码", IDENTITY),
    ("社会保障号码", IDENTITY),
    ("护照号", IDENTITY),
    ("民族成分", ETHNICITY),
    ("民族成份", ETHNICITY),
    ("宗教信仰", RELIGION),
    ("残疾证", HEALTH),
    ("既往病史", HEALTH),
    ("计划生育", FAMILY),
    ("独生子女", FAMILY),
    ("避孕", FAMILY),
)
# harmless words that hold one of these
_HARMLESS = ("百姓名",)
# refused as a whole name
_WHOLE: dict[str, Text] = {
    **dict.fromkeys(("人名", "名字", "户主", "曾用名", "xingming", "fullname", "firstname", "lastname",
                     "realname", "personname"), NAME),
    **dict.fromkeys(
        ("身份号码", "证件号", "证件号码", "社保号", "社保卡号", "军官证号", "护照", "shenfenzheng", "sfzh", "sfz", "idcard", "idcardno",
         "idcardnumber", "idnumber", "nationalid", "citizenid"), IDENTITY
    ),
    **dict.fromkeys(("民族", "少数民族", "族别", "minzu"), ETHNICITY),
    **dict.fromkeys(("宗教", "信仰", "信教", "教派", "宗教情况", "信教情况", "zongjiao"), RELIGION),
    **dict.fromkeys(
        ("健康", "健康状况", "健康情况", "健康码", "疾病", "患病", "患病情况", "病史", "病情", "病名", "慢性病", "大病", "血型",
         "残疾", "残疾类别", "残疾类型", "残疾等级", "诊断", "诊断结果", "体检结果"),
        HEALTH,
    ),
    **dict.fromkeys(("计生", "计生情况", "生育", "生育情况", "生育状况", "节育", "节育措施", "节育情况", "婚育", "婚育状况",
                     "婚育情况", "孕情", "子女数"), FAMILY),
}  # fmt: skip
# phrases of whole words, refused wherever they stand in an English name or an id
_PHRASES: tuple[tuple[str, Text], ...] = (
    *((p, NAME) for p in ("full name", "first name", "last name", "given name", "family name", "surname",
                          "person name", "name of person", "name of the person", "names of persons")),
    *((p, IDENTITY) for p in ("identity number", "identity card", "id card", "id number", "national id",
                              "citizen id", "passport", "social security number")),
    *((p, ETHNICITY) for p in ("ethnicity", "ethnic group", "ethnic origin", "nationality by ethnicity")),
    *((p, RELIGION) for p in ("religion", "religious belief", "religious affiliation")),
    *((p, HEALTH) for p in ("medical history", "health status", "blood type", "disability type")),
    *((p, FAMILY) for p in ("family planning", "contraception", "birth control")),
)  # fmt: skip
_ALONE: dict[str, Text] = {
    "race": ETHNICITY,
    "faith": RELIGION,
    **dict.fromkeys(("health", "disease", "illness", "disability", "diagnosis", "pregnant"), HEALTH),
}
_PERSONS = (
    "法定代表人", "被征地人", "家庭成员", "负责人", "申请人", "经办人", "联系人", "参保人", "贫困户", "户主", "学生", "教师", "本人", "人员",
    "职工", "患者", "成员", "个人", "居民", "村民", "配偶", "父亲", "母亲", "子女", "人口", "法人", "是否",
)  # fmt: skip
_PERSON_WORDS = frozenset(
    ("person", "persons", "personal", "patient", "student", "citizen", "applicant", "household", "head", "of", "the",
     "is", "has", "s")
)  # fmt: skip
_BREAKS = re.compile(r"[()\[\]{}【】〔〕<>《》/、,，;；|:：*·]+")


def banned(name: str) -> Text | None:
    """Return what a column of this name would hold that none may, None where nothing speaks against it.

    >>> [banned(n).en if banned(n) else None for n in ("姓　名", "项目名称", "户主民族", "民族地区", "ID_Number")]
    ['names of persons', None, 'ethnicity', None, 'identity numbers']
    """
    for part in _parts(name):
        found = _chinese(part) or _english(part)
        if found is not None:
            return found
    return None


def banned_columns(headers: Iterable[str], where: str = "") -> tuple[Problem, ...]:
    """Return a problem (``column-banned``) for every column name that none may bring; ``where`` is the file."""
    return tuple(
        Problem(
            "column-banned",
            f"{where} {header.strip()}".strip(),
            Text(
                f"“{header.strip()}”列属于{kind.zh}，不得采集",
                f"the column {header.strip()} holds {kind.en}: it is not taken",
            ),
            Text(
                "删去这一列再上传；需要人数的，只报汇总数",
                "remove the column; where numbers are needed, give totals only",
            ),
        )
        for header in headers
        if (kind := banned(header)) is not None
    )


def _parts(name: str) -> Iterator[str]:
    """Yield a name without its breaks, and what stands between them: 姓名/民族, 人员信息（民族）."""
    plain = unicodedata.normalize("NFKC", name).strip()
    yield from dict.fromkeys(p.strip() for p in (_BREAKS.sub(" ", plain), *_BREAKS.split(plain)) if p.strip())


def _chinese(part: str) -> Text | None:
    word = re.sub(r"[\s_\-.]+", "", part).lower()
    for harmless in _HARMLESS:
        word = word.replace(harmless, "")
    inside = next((kind for w, kind in _INSIDE if w in word), None)
    if inside is not None:
        return inside
    while word not in _WHOLE:
        person = next((p for p in _PERSONS if word.startswith(p) and word != p), None)
        if person is None:
            return None
        word = word.removeprefix(person).removeprefix("的")
    return _WHOLE[word]


def _english(part: str) -> Text | None:
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", part)
    words = re.findall(r"[a-z0-9]+", spaced.lower())
    said = f" {' '.join(words)} "
    found = next((kind for phrase, kind in _PHRASES if f" {phrase} " in said), None)
    if found is not None:
        return found
    left = [w for w in words if w not in _PERSON_WORDS]
    return _ALONE.get(left[0]) if len(left) == 1 and part.isascii() else None
