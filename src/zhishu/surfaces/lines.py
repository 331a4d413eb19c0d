"""One line for one thing said: words that would begin another line, or turn one round, are written out."""

import logging
import unicodedata

from zhishu.terms import TURNING


def one_line(text: str) -> str:
    r"""Return a text on one line: controls, line ends and marks of direction as escapes, all else as it stands.

    >>> one_line("甲\n乙\x1b[2J"), one_line("成都　市")
    ('甲\\n乙\\x1b[2J', '成都\u3000市')
    """
    return "".join(c.encode("unicode_escape").decode("ascii") if _breaks(c) else c for c in text)


def _breaks(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cs", "Zl", "Zp") or character in TURNING


class OneLine(logging.Formatter):
    """Writes each record on one line, its traceback too, so that nobody's words pass for a line of the log."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the record on one line."""
        return one_line(super().format(record))


# what `zhishu serve` logs: faults of the server only; addresses, and with them one-time links, are never logged
LOGGING: dict[str, object] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": OneLine, "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"line": {"class": "logging.StreamHandler", "formatter": "line", "stream": "ext://sys.stderr"}},
    "loggers": {"uvicorn": {"handlers": ["line"], "level": "WARNING", "propagate": False}},
}
