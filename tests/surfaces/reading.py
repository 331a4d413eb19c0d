"""What is looked for on every page and in every file: marks where only words may stand, and a guard that is missing."""

import io
import zipfile
from html.parser import HTMLParser
from urllib.parse import urlsplit
from xml.etree import ElementTree

from httpx2 import Response
from tests.surfaces.office_door import Seat

from zhishu.surfaces.web.render import CONTENT_SECURITY_POLICY

PRODUCT = str(7919 * 7907)
"""What a template engine would make of the sums below."""

ATTACHED = "default-src 'none'; sandbox"
NEVER = {
    "script",
    "iframe",
    "object",
    "embed",
    "foreignobject",
    "x-broke",
    "style",
    "base",
    "audio",
    "video",
    "w:x-broke",
}
ADDRESSES = {"href", "src", "action", "formaction", "xlink:href", "poster", "data", "srcset"}


class Reader(HTMLParser):
    """Reads a page as a browser does and keeps what stands where no words of a person may stand."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Look at a tag and its attributes."""
        if tag in NEVER:
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name in ("x-broke", "style", "srcdoc"):
                self.found.append(f"<{tag} {name}={value!r}>")
            if name in ADDRESSES and not local(value or ""):
                self.found.append(f"<{tag} {name}={value!r}>")
            if tag == "a" and name == "href" and value:
                self.links.append(value)

    handle_startendtag = handle_starttag

    def handle_comment(self, data: str) -> None:
        """No comment is ours: words opened it."""
        self.found.append(f"<!--{data[:40]}")


def local(address: str) -> bool:
    """Return whether an address leads nowhere but to this site, or to a page of a source by plain http."""
    scheme = urlsplit(address).scheme
    return (
        scheme in ("", "http", "https")
        and not address.startswith("//")
        and "evil.example" not in urlsplit(address).netloc
    )


def broken(html: str) -> list[str]:
    """Return what broke out of its place on a page."""
    reader = Reader()
    reader.feed(html)
    return reader.found + ([PRODUCT] if PRODUCT in html else [])


def links(html: str) -> list[str]:
    """Return where a page leads."""
    reader = Reader()
    reader.feed(html)
    return reader.links


def hard(answer: Response) -> list[str]:
    """Return what of the guard on an answer is missing."""
    policy, sniff = answer.headers.get("content-security-policy"), answer.headers.get("x-content-type-options")
    saved = answer.headers.get("content-disposition", "").startswith("attachment;")
    kind = answer.headers.get("content-type", "").split(";")[0]
    shown = kind in ("text/html", "application/json", "image/svg+xml", "text/css", "text/plain")
    return [
        *([] if policy == CONTENT_SECURITY_POLICY or (policy == ATTACHED and saved) else [f"policy {policy}"]),
        *([] if sniff == "nosniff" else ["sniffed"]),
        *([] if saved or shown else [f"shown as {kind}"]),
    ]


def crawl(seat: Seat, starts: list[str], most: int) -> dict[str, Response]:
    """Return every page and file of the office within reach of an account, by its address."""
    found: dict[str, Response] = {}
    waiting = list(starts)
    while waiting and len(found) < most:
        path = waiting.pop(0)
        if path in found:
            continue
        answer = found[path] = seat.client.get(path)
        if answer.headers.get("content-type", "").startswith("text/html"):
            waiting += [
                p for link in links(answer.text) if (p := plain(link)).startswith(("/office", "/releases", "/me"))
            ]
            # of the ledger the newest pages are enough
            waiting = [p for p in waiting if not p.startswith("/office/ledger?seq=")]
    return found


def plain(address: str) -> str:
    """Return an address without the settings that every link carries."""
    parts = urlsplit(address)
    kept = [pair for pair in parts.query.split("&") if pair and pair.split("=")[0] not in ("lang", "on", "elder")]
    return parts.path + (f"?{'&'.join(kept)}" if kept else "")


def marks(package: bytes) -> list[bytes]:
    """Return names of elements and attributes of every part of an Office file; each part must be well-formed."""
    found = []
    with zipfile.ZipFile(io.BytesIO(package)) as parts:
        for name in parts.namelist():
            if name.endswith((".xml", ".rels")):
                for element in ElementTree.fromstring(parts.read(name)).iter():
                    found += [str(part).encode() for part in (element.tag, *element.attrib)]
    return found
