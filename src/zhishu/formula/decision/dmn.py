"""Exchange of one decision table as a DMN 1.3 document, both ways."""

from zhishu.formula.decision.dmn_read import read_dmn
from zhishu.formula.decision.dmn_write import write_dmn

__all__ = ["read_dmn", "write_dmn"]
