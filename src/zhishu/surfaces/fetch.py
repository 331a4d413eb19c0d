"""The one way out of the served site: to the identity provider that an office has set, and to nobody else."""

import urllib.request
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

SECONDS = 10
MOST_BYTES = 1_000_000


class _Stays(urllib.request.HTTPRedirectHandler):
    """Follows no redirect: an address that was checked is the address that is asked."""

    def redirect_request(self, *given: Any) -> None:
        """Refuse."""
        return None


def fetch(address: str, form: Mapping[str, str] | None) -> bytes:
    """Return what an address answers, a form posted to it if one is given. Raises OSError for all but status 200."""
    data = None if form is None else urlencode(form).encode()
    request = urllib.request.Request(address, data, {"Accept": "application/json"})
    # no proxy of the environment: it would see the code and the secret
    opener = urllib.request.build_opener(_Stays, urllib.request.ProxyHandler({}))
    with opener.open(request, timeout=SECONDS) as answer:
        if answer.status != 200:
            raise OSError(f"status {answer.status}")
        found: bytes = answer.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise OSError("the answer is too long")
    return found
