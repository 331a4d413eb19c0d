"""The sheet of GB/T 9704-2012 in millimetres and points, and how a line of it is set."""

from dataclasses import dataclass

# Type (GB/T 9704-2012, 5.2 and 7): points; 3号 is 16, 2号 22, 4号 14.
BODY, TITLE, SMALL = 16.0, 22.0, 14.0
# 22 lines on 225 mm and 28 characters on 156 mm; measured to hold in Word's and LibreOffice's rounding.
LINE, TIGHTER = 28.95, -0.25
CHARACTER = BODY + TIGHTER
RED, GREY = "E60012", "595959"
# The red mark's upper edge and the dash of the page number, from the edges of the text block.
MARK_BELOW_TOP, NUMBER_BELOW_BLOCK, RULE_BELOW_NUMBER = 35.0, 7.0, 4.0
RULE_THICK, RULE_THIN = 0.35, 0.25
NOTE_LINE, NOTE_TYPE, FOOT_LINE = 10.0, 7.5, 20.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page in millimetres: its size and the margins around the text block."""

    width: float
    height: float
    top: float
    right: float
    bottom: float
    left: float

    @property
    def block(self) -> tuple[float, float]:
        """Return the width and height of the text block in millimetres."""
        return self.width - self.left - self.right, self.height - self.top - self.bottom


PORTRAIT = Sheet(210, 297, 37, 26, 35, 28)
# The same sheet turned clockwise, so that the head of a wide table lies at the binding edge of an odd page (7.4).
LANDSCAPE = Sheet(297, 210, 28, 37, 26, 35)


def points(millimetres: float) -> float:
    """Return points.

    >>> round(points(225), 1)
    637.8
    """
    return millimetres * 72 / 25.4


def twips(pt: float) -> int:
    """Return twentieths of a point, as Word counts.

    >>> twips(28.95)
    579
    """
    return round(pt * 20)


def mm(millimetres: float) -> int:
    """Return the twips of a length in millimetres.

    >>> mm(37)
    2098
    """
    return twips(points(millimetres))
