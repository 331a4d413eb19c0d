"""One field of a form as a page asks for it, and the fields of a parameter: its value, and the source of the value."""

from collections.abc import Mapping
from dataclasses import dataclass

from zhishu.pack.dated_list import DatedList
from zhishu.pack.in_force import ADOPTED, adopts
from zhishu.pack.system import Parameter
from zhishu.system.books.read import offered_list
from zhishu.system.settings import SOURCE
from zhishu.terms import Text
from zhishu.units.words import unit_words

SETTING = "set."
"""Begins the names of parameters in forms and addresses."""
NOT_KNOWN = Text("不知道", "not known")
NOT_SET, AS_DECLARED = Text("未设定", "not set"), Text("按既定值", "as declared")
_TRUTHS = (("是", Text("是", "yes")), ("否", Text("否", "no")))
_ADOPT = (ADOPTED.zh, Text("采用提议", "adopt the proposal"))


@dataclass(frozen=True, slots=True)
class Asked:
    """One field: its id in the address, label, hint, what was typed, its choices (None: typed freely), and its error."""

    id: str
    label: Text
    hint: Text | None
    value: str
    options: tuple[tuple[str, Text], ...] | None
    kind: str
    error: Text | None


def setting_fields(
    p: Parameter, start: str, hint: Text, settings: Mapping[str, str], errors: Mapping[str, Text]
) -> tuple[Asked, ...]:
    """Return the fields of one parameter; where nothing is declared, one more for the source of what is set.

    ``start`` begins the names of parameters in the address; ``errors`` are by field.
    """
    id, value = start + p.id, settings.get(p.id, "")
    options = options_of(p.type, p.choices)
    if options is not None:
        options = (("", AS_DECLARED if p.values else NOT_SET), *options[1:])
    if p.proposed is not None and options is not None:
        options = (*options, _ADOPT)
        value = ADOPTED.zh if adopts(value) else value
    # a day and the word that adopts cannot both be typed into a field of days
    kind = "text" if p.type == "date" and p.proposed is not None else p.type
    found = Asked(id, label_of(p.name, p.unit), hint, value, options, kind, errors.get(id))
    if p.values:
        return (found,)
    label = Text(f"{p.name.zh}：来源", f"{p.name.en[:1].upper()}{p.name.en[1:]}: source")
    about = Text("文号、数据的出处，或由谁决定", "the document, where the figure is from, or who decided it")
    return (found, Asked(id + SOURCE, label, about, settings.get(p.id + SOURCE, ""), None, "text", None))


def list_field(dated: DatedList, start: str, settings: Mapping[str, str], errors: Mapping[str, Text]) -> Asked:
    """Return the field in which a list that is proposed is adopted."""
    id, value = start + dated.id, settings.get(dated.id, "")
    options = (("", Text("不采用", "not adopted")), _ADOPT)
    label = Text(f"名录：{dated.name.zh}", f"List: {dated.name.en}")
    written = ADOPTED.zh if adopts(value) else value
    return Asked(id, label, offered_list(dated), written, options, "choice", errors.get(id))


def options_of(kind: str, choices: Mapping[str, Text]) -> tuple[tuple[str, Text], ...] | None:
    """Return what a field offers to choose from, None where it is typed."""
    if kind == "choice":
        return (("", NOT_KNOWN), *choices.items())
    return (("", NOT_KNOWN), *_TRUTHS) if kind == "truth" else None


def label_of(name: Text, unit: str | None) -> Text:
    """Return a field's label with its unit, once.

    >>> label_of(Text("率", "rate"), "%")
    Text(zh='率（%）', en='Rate (%)')
    >>> label_of(Text("有效期（月）", "months"), "月").zh
    '有效期（月）'
    """
    name = Text(name.zh, name.en[:1].upper() + name.en[1:])
    if not unit or unit == "1":
        return name
    words = unit_words(unit)
    if name.zh.endswith(f"（{words.zh}）"):
        return name
    return Text(f"{name.zh}（{words.zh}）" if words.zh else name.zh, f"{name.en} ({words.en})" if words.en else name.en)
