"""A function over arrays as a compiled loop: it runs beside other threads, and is kept on disk for the next start."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar, cast

from numba import njit

A = ParamSpec("A")
R = TypeVar("R")


def loop(function: Callable[A, R]) -> Callable[A, R]:
    """Return a function compiled when it is first called with arrays of a kind."""
    return cast(Callable[A, R], njit(nogil=True, cache=True)(function))
