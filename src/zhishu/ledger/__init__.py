"""The ledger: entries that only ever get added, each sealed with the one before; the office's only memory."""

from zhishu.ledger.entry import Entry
from zhishu.ledger.open import open_ledger
from zhishu.ledger.store import Ledger, Pen, Stale

__all__ = ["Entry", "Ledger", "Pen", "Stale", "open_ledger"]
