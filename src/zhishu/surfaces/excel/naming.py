"""What workbooks share: names that a sheet may bear, and a build date that tells nothing."""

from datetime import datetime

# The same content gives the same bytes, on whatever day it is written.
BUILT = datetime(2018, 6, 30)


def sheet_title(name: str) -> str:
    """Return a name without the signs Excel forbids, at most 31 signs long.

    >>> sheet_title("县域/园区[2018]")
    '县域园区2018'
    """
    return "".join(c for c in name if c not in "[]:*?/\\")[:31]
