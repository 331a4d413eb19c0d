"""Long work of the served site, on a few threads of its own: what takes long never takes the threads of pages."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import ParamSpec, TypeVar

from anyio import CapacityLimiter, to_thread

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Aside:
    """Runs long work: exports, imports, whole verifications. What is more than ``threads`` at once waits its turn,
    in no thread at all."""

    limiter: CapacityLimiter

    async def __call__(self, work: Callable[P, T], *given: P.args, **named: P.kwargs) -> T:
        """Return what the work returns, while pages go on being answered."""
        return await to_thread.run_sync(partial(work, *given, **named), limiter=self.limiter)


def aside(threads: int = 2) -> Aside:
    """Return the place for the long work of one application."""
    return Aside(CapacityLimiter(threads))
