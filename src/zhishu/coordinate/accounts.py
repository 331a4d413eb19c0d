"""An account as it stands: who it is at the office, never how it proves it."""

from dataclasses import dataclass

from zhishu.coordinate.rights import Grant


@dataclass(frozen=True, slots=True)
class Account:
    """An account: the name of a post, its unit, what it was granted, and whether it may act at all."""

    id: str
    name: str = ""
    unit: str = ""
    grants: tuple[Grant, ...] = ()
    disabled: bool = False

    @property
    def exists(self) -> bool:
        """Whether the account was ever set up."""
        return bool(self.name)
