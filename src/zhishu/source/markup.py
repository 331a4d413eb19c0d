"""The visible text of a saved web page."""

from html.parser import HTMLParser

_HIDDEN = frozenset(["script", "style", "title", "template", "noscript", "nav", "footer", "aside"])
_LINE = frozenset(["p", "div", "br", "li", "tr", "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"])


class _Visible(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self.hidden += 1
        elif tag in _LINE:
            self.out.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HIDDEN:
            self.hidden = max(0, self.hidden - 1)
        elif tag in _LINE:
            self.out.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.out.append(data)


def markup_text(page: str) -> str:
    """Return what a reader of the page sees, without scripts, navigation and footer; nothing is fetched.

    >>> markup_text("<title>x</title><p>成都&nbsp;平原</p>").split()
    ['成都', '平原']
    """
    parser = _Visible()
    parser.feed(page)
    parser.close()
    return "".join(parser.out)
