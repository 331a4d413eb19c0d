"""What a page of an index shows: its finding, one sentence below, and what its template needs."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from zhishu.surfaces.web.fields import Wrong
from zhishu.surfaces.web.index.made import Made
from zhishu.terms import Text


@dataclass(frozen=True, slots=True)
class View:
    """A page computed: ``title`` is the finding, ``lede`` says how it is to be read, ``wrong`` what of its own form is."""

    title: Text
    lede: Text
    more: Mapping[str, object] = field(default_factory=dict)
    wrong: tuple[Wrong, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One of the pages of an index: its name, its template, what computes it, whether it has a module of its own, and what asks for it
    on the command line, None where nothing does."""

    name: Text
    template: str
    view: Callable[[Made], View]
    script: bool = False
    command: str | None = None
