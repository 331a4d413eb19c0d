"""Links that keep the language, the date and the elder mode of the page they stand on."""

from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode, urlsplit

# The settings every link carries, in this order after a page's own query.
KEPT = ("lang", "on", "elder")


def local_path(path: str) -> str:
    """Return the path and query of an address inside this site; anything else becomes the first page.

    >>> local_path("/cities/511500?theme=gdp#map"), local_path("//elsewhere.example/x")
    ('/cities/511500?theme=gdp', '/')
    """
    # browsers and urlsplit leave out tabs and line ends, and what stands behind them could be another host
    if not path.startswith("/") or path.startswith(("//", "/\\")) or not path.isprintable():
        return "/"
    if "?" not in path and "#" not in path:
        return path
    parts = urlsplit(path)
    return parts.path + (f"?{parts.query}" if parts.query else "")


def own_query(path: str) -> tuple[tuple[str, str], ...]:
    """Return what a page's query holds beside the kept settings.

    >>> own_query("/x?theme=gdp&lang=zh")
    (('theme', 'gdp'),)
    """
    query = urlsplit(local_path(path)).query
    return tuple((k, v) for k, v in parse_qsl(query, keep_blank_values=True) if k not in KEPT)


def link(path: str, settings: Mapping[str, str], **changes: object) -> str:
    """Return a link to ``path`` with its own query, the kept settings, and the changes asked for.

    A change to None or the empty string takes a key out. A fragment is kept.

    >>> link("/targets?kind=level#t3", {"lang": "zh", "on": "2026-11-23"}, kind=None, lang="en")
    '/targets?lang=en&on=2026-11-23#t3'
    """
    plain = "?" not in path and "#" not in path  # nothing to take apart: most links of long lists
    query: dict[str, str] = {} if plain else dict(own_query(path))
    query |= {key: settings[key] for key in KEPT if settings.get(key)}
    for key, value in changes.items():
        if value is None or value == "":
            query.pop(key, None)
        else:
            query[key] = str(value)
    fragment = "" if plain or not path.startswith("/") else urlsplit(path).fragment
    base = local_path(path).partition("?")[0]
    return base + (f"?{urlencode(query)}" if query else "") + (f"#{fragment}" if fragment else "")
