"""The study: a pack, its figures, and a thin façade that wires the verbs."""

from zhishu.study.open import PACKS, Study, open_study

__all__ = ["PACKS", "Study", "open_study"]
