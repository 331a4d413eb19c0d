"""The running office: acts come in, are ruled on, and are recorded; states follow from the record alone."""

from zhishu.office.kinds import KINDS
from zhishu.office.service import Office, Upload, Wish, open_office

__all__ = ["KINDS", "Office", "Upload", "Wish", "open_office"]
