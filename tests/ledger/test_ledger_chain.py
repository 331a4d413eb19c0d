"""The chain names the first entry that was changed, removed or moved."""

from hypothesis import given, settings
from hypothesis import strategies as st

from zhishu.ledger import Sealed, append, verify


def chain(count: int) -> tuple[Sealed, ...]:
    """Return a chain of small entries."""
    found: tuple[Sealed, ...] = ()
    for i in range(count):
        found = append(found, {"task": "t1", "seq": str(i)})
    return found


@given(st.integers(min_value=2, max_value=12), st.data())
@settings(max_examples=40)
def test_t45_the_first_bad_entry_is_named(count: int, data: st.DataObject) -> None:
    """Editing, deleting or swapping an entry is found at its place."""
    good = chain(count)
    assert verify(good) is None
    at = data.draw(st.integers(min_value=0, max_value=count - 2))
    edited = (*good[:at], Sealed({"task": "t2"}, good[at].seal), *good[at + 1 :])
    assert verify(edited) == at
    assert verify((*good[:at], *good[at + 1 :])) == at
    assert verify((*good[:at], good[at + 1], good[at], *good[at + 2 :])) == at
