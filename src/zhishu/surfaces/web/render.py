"""The template environment: strict, escaping, with the words, links and shapes every page needs."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.bccache import Bucket
from jinja2.runtime import Context
from markupsafe import Markup

from zhishu.surfaces.web.icons import glyph, icon
from zhishu.surfaces.web.links import KEPT, link, local_path, own_query
from zhishu.surfaces.web.words import word
from zhishu.system.show import plain
from zhishu.terms import Language, Text, counted
from zhishu.units.words import unit_words

TEMPLATES = Path(__file__).parent / "templates"
STATIC = Path(__file__).parent / "static"

# A page may send nothing but itself: no script, no style outside the sheet, no outside address.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
# The one page that computes while one drags may load a module of this site besides, and nothing inline.
WITH_MODULE = f"{CONTENT_SECURITY_POLICY}; script-src 'self'"

NAVIGATION = (
    ("overview", "/"),
    ("strategy", "/strategy"),
    ("targets", "/targets"),
    ("systems", "/systems"),
    ("rules", "/rules"),
    ("cities", "/cities"),
    ("schemes", "/schemes"),
    ("data", "/data"),
)


def _language(context: Context) -> Language:
    return "en" if context["lang"] == "en" else "zh"


def _settings(context: Context) -> Mapping[str, str]:
    kept = {"lang": str(context["lang"]), "on": str(context["on"])}
    return kept | ({"elder": "1"} if context["elder"] else {})


@pass_context
def _t(context: Context, key: str, **values: object) -> str:
    return word(key, _language(context), **values)


@pass_context
def _say(context: Context, text: Text | str | int) -> str:
    return text.say(_language(context)) if isinstance(text, Text) else str(text)


@pass_context
def _w(context: Context, zh: object, en: object) -> str:
    """Return one of two wordings written side by side in a template."""
    return str(zh if _language(context) == "zh" else en)


@pass_context
def _url(context: Context, path: str, **changes: object) -> str:
    return link(path, _settings(context), **changes)


@pass_context
def _here(context: Context, **changes: object) -> str:
    return link(str(context["path"]), _settings(context), **changes)


@pass_context
def _date_fields(context: Context) -> tuple[tuple[str, str], ...]:
    kept = _settings(context)
    return own_query(str(context["path"])) + tuple((k, kept[k]) for k in KEPT if k in kept and k != "on")


@pass_context
def _here_path(context: Context) -> str:
    return local_path(str(context["path"])).split("?")[0]


def _truth(value: object) -> Text:
    """Return a declared value in words: yes and no for truth values, all else as it is written."""
    return {"True": Text("是", "yes"), "False": Text("否", "no")}.get(str(value), Text(str(value), str(value)))


def _cap(words: str) -> str:
    """Begin words with a capital, as English headings and buttons do; Chinese stays as it is."""
    return words[:1].upper() + words[1:]


def _svg(drawing: str) -> Markup:
    """Let a chart of ours through unescaped: the chart writer has escaped every word in it."""
    if not drawing.startswith("<svg "):
        raise ValueError("not a chart")
    return Markup(drawing)


class _Compiled(BytecodeCache):
    """Templates compiled so far: an application that is built again, because figures changed, compiles none anew."""

    def __init__(self) -> None:
        self.held: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give what is held for a template; Jinja itself sees whether it is still that of its text."""
        if bucket.key in self.held:
            bucket.bytecode_from_string(self.held[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Hold what was compiled."""
        self.held[bucket.key] = bucket.bytecode_to_string()


@cache
def _compiled() -> _Compiled:
    """Return what this process has compiled."""
    return _Compiled()


def environment() -> Environment:
    """Return a fresh environment; names a page forgot to give are errors, and all text is escaped.

    Globals: ``t(key, **values)``, ``url(path, **changes)``, ``here(**changes)``, ``icon(name)``, ``glyph(name)``;
    filters: ``say`` for a bilingual text, ``cap`` to begin with a capital, ``svg`` for a drawing of the charts package, ``unit`` for the words of a unit,
    ``number`` for an exact number.
    """
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_compiled(),
    )
    env.globals |= {
        "t": _t,
        "w": _w,
        "url": _url,
        "here": _here,
        "here_path": _here_path,
        "date_fields": _date_fields,
        "icon": icon,
        "glyph": glyph,
        "counted": counted,
        "navigation": NAVIGATION,
    }
    env.filters |= {"say": _say, "cap": _cap, "svg": _svg, "unit": unit_words, "number": plain, "truth": _truth}
    return env
