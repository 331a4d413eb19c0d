"""What of the strategy is covered: sentences with promises or a reason for none, systems by level."""

from collections import Counter
from datetime import date

from zhishu.study.levels import levels
from zhishu.study.open import Study


def coverage(study: Study, on: date) -> dict[str, object]:
    """Return the contract form of ``zhishu coverage``; what is covered rests on the pack, not on the day, which is given back."""
    pack = study.pack
    sentences = [s for s in pack.index.ids() if not s.endswith(".0")]
    covered = {p.cite.at for p in pack.promises()} | {
        at for article in pack.articles.values() for at in article.without
    }
    found = levels(study)
    verbs = sorted({e.verb for e in pack.catalogue.values()})
    priorities = sorted({e.priority for e in pack.catalogue.values()})

    def usable(pairs: list[str]) -> list[int]:
        return [sum(found[name].level >= 3 for name in pairs), len(pairs)]

    return {
        "schema": 1,
        "on": on.isoformat(),
        "sentences": len(sentences),
        "covered": len(covered & set(sentences)),
        "uncovered": [s for s in sentences if s not in covered],
        "promises": len(pack.promises()),
        "targets": len(pack.targets),
        "indicators": len(pack.indicators),
        "workflows": len(pack.workflows),
        "systems": {
            "total": len(found),
            "levels": {str(n): Counter(v.level for v in found.values())[n] for n in range(5)},
            "by_verb": {v: usable([k for k, e in pack.catalogue.items() if e.verb == v]) for v in verbs},
            "by_priority": {p: usable([k for k, e in pack.catalogue.items() if e.priority == p]) for p in priorities},
        },
        "missing": [k for k, v in found.items() if v.level < 3],
    }
