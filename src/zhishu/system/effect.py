"""What an adverse outcome carries: its legal basis beyond the strategy, who decides, notice, objection, expiry, repair."""

from collections.abc import Iterable, Iterator
from datetime import date

from zhishu.formula.evaluate import Value
from zhishu.pack.system import Effect
from zhishu.terms import Language, Text


def basis_of(effect: Effect, today: date, loaded: Iterable[Value]) -> Text | None:
    """Return the basis an outcome has on a day, or None: the declared one once it has begun, else what the case loaded.

    ``loaded`` are the values of the columns that ``effect.loaded`` names; an unknown or an empty one is no basis.
    """
    if effect.basis is not None and (effect.since is None or today >= effect.since):
        return effect.basis
    named = [value for value in loaded if isinstance(value, str) and value]
    return Text("、".join(named), ", ".join(named)) if named else None


def effect_json(effect: Effect | None, bases: Iterable[Text | None]) -> dict[str, object] | None:
    """Return the contract form of what adverse outcomes carry; where one of them has no basis, none takes effect."""
    if effect is None:
        return None
    each = list(dict.fromkeys(bases))
    known = [b for b in each if b is not None]
    founded = len(known) == len(each)
    basis = Text("；".join(b.zh for b in known), "; ".join(b.en for b in known))
    return {
        "status": "proposed" if founded and known else "no_basis",
        "basis": basis.to_json() if founded and known else None,
        "decides": effect.decides.to_json(),
        "notice": effect.notice.to_json(),
        "objection_days": effect.objection_days
        if effect.objection_days is not None
        else {"unknown": "not_set", "detail": "objection_days"},
        "expiry": effect.expiry.to_json(),
        "repair": effect.repair.to_json(),
    }


def effect_said(effect: Effect, basis: Text | None, language: Language) -> Iterator[str]:
    """Yield, line by line, what a person must know of an adverse outcome before anybody acts on it."""

    def at(zh: str, en: str) -> str:
        return zh if language == "zh" else en

    if basis is None:
        yield at(
            "《决定》以外的法定依据未载入，本建议不产生效力",
            "no legal basis beyond the Decision is loaded; the proposal has no effect",
        )
    else:
        yield at("依据：", "basis: ") + basis.say(language)
    yield at("决定机关：", "decided by: ") + effect.decides.say(language)
    yield at("告知：", "notice: ") + effect.notice.say(language)
    days = effect.objection_days
    yield at("申辩期：", "objection: ") + (
        at("未设定", "not set") if days is None else at(f"{days} 日", f"{days} days")
    )
    yield at("到期：", "expiry: ") + effect.expiry.say(language)
    yield at("修复：", "repair: ") + effect.repair.say(language)
