"""The worst outcome that missing facts still allow."""

from collections.abc import Sequence

from zhishu.logic import Unknown


def worst(possible: Sequence[str], order: Sequence[str]) -> str | Unknown:
    """Return the outcome that stands last in ``order`` (best first); one without a place there is unknown.

    >>> worst(("allow", "suspend"), ("allow", "suspend"))
    'suspend'
    >>> worst((), ("allow", "suspend"))
    Unknown(reason='empty', detail='no outcome')
    """
    if not possible:
        return Unknown("empty", "no outcome")
    strange = next((p for p in possible if p not in order), None)
    if strange is not None:
        return Unknown("not_found", strange)
    return max(possible, key=list(order).index)
