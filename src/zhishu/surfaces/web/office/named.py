"""What the record calls by an id, in words: acts, rights, and forms of figures."""

from collections.abc import Mapping

from zhishu.coordinate.fact import Fact
from zhishu.coordinate.world import World
from zhishu.office import KINDS
from zhishu.office.moment import Moment
from zhishu.pack.profile import Profile
from zhishu.terms import Text

_RIGHTS: Mapping[str, Text] = {
    "office.read": Text("查看职责内的事项", "read what lies in the remit"),
    "ledger.read": Text("查看登记簿", "read the ledger"),
}
_EVERY = Text("全部动作", "every act")


def act_name(fact: Fact, moment: Moment) -> Text:
    """Return what was done, as the form of the act is called; its id where no form of today knows it."""
    kind = KINDS[fact.stream.partition("/")[0]]
    state = moment.state(fact.stream) or kind.start(fact.subject)
    found = (a.name for a in kind.forms(state, moment.world) if a.id == fact.act)
    return next(found, Text(fact.act, fact.act))


def right_name(right: str, world: World) -> Text:
    """Return a right in words: the kind and the act it lets one do."""
    if right in _RIGHTS:
        return _RIGHTS[right]
    id, _, wanted = right.partition(".")
    kind = KINDS.get(id)
    if kind is None:
        return Text(right, right)
    acts = {a.right: a.name for a in kind.forms(kind.start(""), world)}
    name = acts.get(right, _EVERY if wanted == "*" else Text(wanted, wanted))
    return Text(f"{kind.name.zh}：{name.zh}", f"{kind.name.en}: {name.en}")


def profile_name(id: str, profiles: Mapping[str, Profile]) -> Text:
    """Return what a form of figures is called, its id where the pack no longer has it."""
    return profiles[id].name if id in profiles else Text(id, id)
