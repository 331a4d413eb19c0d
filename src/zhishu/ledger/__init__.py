"""The ledger: entries that only ever get added, each sealed with the one before."""

from zhishu.ledger.chain import Sealed, append, verify

__all__ = ["Sealed", "append", "verify"]
