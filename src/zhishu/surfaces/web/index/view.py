"""What a page of an index shows: its finding, one sentence below, and what its template needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from zhishu.surfaces.web.index.made import Made
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class View:
    """A page computed: ``title`` is the finding, ``lede`` says how it is to be read."""

    title: Text
    lede: Text
    more: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One of the pages of an index: its name, its template and what computes it; ``own`` are the keys of its own form."""

    name: Text
    template: str
    view: Callable[[Made], View]
