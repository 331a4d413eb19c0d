"""What whoever asks has set: parameters with their sources, and the proposals that are adopted."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from zhishu.formula.evaluate import Value
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something an answer rests on that the strategy does not state: its id, its name, and why it is one."""

    id: str
    name: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Setting:
    """A parameter set by whoever asks: its value in words, the source named for it, whether it adopts what is proposed."""

    id: str
    name: Text
    value: Text
    source: str | None
    adopted: bool = False

    def say(self) -> Text:
        """Return the setting as a line: an adopted one says so, one without a source says that it has none.

        >>> Setting("z", Text("系数", "factor"), Text("2", "2"), None).say()
        Text(zh='设定 系数：2（没有注明来源）', en='factor set: 2 (no source named)')
        """
        zh, en = f"设定 {self.name.zh}：{self.value.zh}", f"{self.name.en} set: {self.value.en}"
        if self.source:
            return Text(f"{zh}（来源：{self.source}）", f"{en} (source: {self.source})")
        if self.adopted:
            return Text(f"{zh}（采用提议）", f"{en} (the proposal is adopted)")
        return Text(f"{zh}（没有注明来源）", f"{en} (no source named)")

    def to_json(self) -> dict[str, object]:
        """Return the contract form."""
        return {"id": self.id, "value": self.value.to_json(), "source": self.source, "adopted": self.adopted}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a rule book: values by parameter in base units, how each is told, and the lists adopted."""

    values: Mapping[str, Value] = field(default_factory=dict)
    told: tuple[Setting, ...] = ()
    lists: frozenset[str] = frozenset()


NOTHING_SET = Settings()
"""A book as it stands: no parameter set, no proposal adopted."""
