"""What figures a target lacks and who would hold them, as far as the pack's targets and its table of series say."""

from zhishu.formula.tree import names
from zhishu.pack.target import Missing, Target
from zhishu.study.open import Study
from zhishu.terms import Text


def missing_figures(study: Study, target: Target) -> tuple[Missing, ...]:
    """Return the figures a target waits for; none declared means the series it reads.

    A holder the target does not name is that of the series it reads: its holder, else its agency; where the
    table names none the holder stays unknown.
    """
    read = _series(study, target)
    found = target.missing or tuple(Missing(study.data.series[s].name, None) for s in read)
    return tuple(Missing(m.what, m.holder or _holder(study, read)) for m in found)


def _series(study: Study, target: Target) -> list[str]:
    """Return the series a target is judged by, those that only stand near it left out."""
    near = {c.series for c in target.context}
    found: list[str] = []
    for name in (n for n in target.names() if n not in near):
        indicator = study.pack.indicators.get(name)
        found += sorted(names(indicator.node)) if indicator else [name]
    return [s for s in dict.fromkeys(found) if s in study.data.series]


def _holder(study: Study, read: list[str]) -> Text | None:
    held = [study.data.series[s].holder or study.data.series[s].agency for s in read]
    return next((h for h in held if h is not None), None)
