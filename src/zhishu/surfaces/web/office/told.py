"""The trace of a subject in words: who did what when, with what they brought, and the entry that proves it."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from zhishu.coordinate.act import Act, Field
from zhishu.coordinate.fact import Fact
from zhishu.coordinate.subject import Subject, fold
from zhishu.coordinate.world import World
from zhishu.ledger import Entry
from zhishu.terms import Text, counted

_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Brought:
    """One field of an act in words; ``files`` are (hash, name), ``hash`` is what the program made."""

    name: Text
    words: Text
    files: tuple[tuple[str, str], ...] = ()
    hash: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """One entry in words."""

    entry: Entry
    act: Text
    brought: tuple[Brought, ...]


def told(
    kind: Subject[Any], of: str, entries: Sequence[Entry], world: World, unit_name: Callable[[str], Text]
) -> tuple[Told, ...]:
    """Return the entries on a subject in words, the first first; names come from the acts that stood open then.

    What stands open may rest on the day: an act that no longer does is named by the forms of its kind.
    """
    state = kind.start(of)
    # a task's template is known from its draft on
    ever = {a.id: a for a in kind.forms(fold(kind, of, (e.fact for e in entries)), world)}
    found = []
    for entry in entries:
        act = next((a for a in kind.acts(state, world) if a.id == entry.fact.act), ever.get(entry.fact.act))
        found.append(
            Told(
                entry,
                act.name if act else Text(entry.fact.act, entry.fact.act),
                brought(act, entry.fact, world, unit_name),
            )
        )
        state = kind.step(state, entry.fact)
    return tuple(found)


def brought(act: Act | None, fact: Fact, world: World, unit_name: Callable[[str], Text]) -> tuple[Brought, ...]:
    """Return what a fact brought, field by field; fields without a form of today are shown by their ids."""
    known = {f.id: f for f in act.fields} if act else {}
    names = fact.body.get("names")
    labels = {k: str(v) for k, v in names.items()} if isinstance(names, dict) else {}
    found = []
    # in the order of the form; what today's form no longer asks for comes last
    for id in (*(i for i in known if i in fact.body), *(i for i in fact.body if i not in known and i != "names")):
        value = fact.body[id]
        field = known.get(id) or Field(id, Text(id, id))
        texts = [str(v) for v in value] if isinstance(value, list) else [str(value)]
        if field.type == "files":
            found.append(Brought(field.name, Text("", ""), tuple((h, labels.get(h, h[:12])) for h in texts)))
        elif field.type == "made" and all(_HASH.fullmatch(t) for t in texts):
            found.append(Brought(field.name, Text("", ""), hash=texts[0]))
        else:
            said = [_said(field, t, world, unit_name) for t in texts]
            found.append(Brought(field.name, Text("、".join(s.zh for s in said), ", ".join(s.en for s in said))))
    return tuple(found)


def _said(field: Field, text: str, world: World, unit_name: Callable[[str], Text]) -> Text:
    if field.type == "made" and "\n" in text:
        # a list that the program made stands on the page of what it was made of
        lines = len(text.splitlines())
        return Text(f"{lines} 项", counted(lines, "item"))
    if field.type in ("unit", "units"):
        return unit_name(text)
    if field.type == "region":
        return world.regions.name(text)
    return dict(field.choices).get(text, Text(text, text))
