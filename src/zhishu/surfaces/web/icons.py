"""The shapes that carry a state beside its colour: one drawing for chips, tiles and chart points."""

from markupsafe import Markup

# Every shape fits a box of 14 by 14 and is drawn in the current colour; white cuts the inner sign.
_DISC = '<circle cx="7" cy="7" r="6.5" fill="currentColor"/>'
_CUT = 'fill="none" stroke="#fff" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"'
_PEN = 'fill="none" stroke="currentColor" stroke-width="1.4"'
_TICK = f'<path d="M4 7.3 6.2 9.4 10.1 5" {_CUT}/>'
_DOWN = '<path d="M.8 1.6H13.2L7 13Z" fill="currentColor" stroke="currentColor" stroke-linejoin="round"/>'

ICONS: dict[str, str] = {
    "met": _DISC + _TICK,
    "proven": _DISC + _TICK,
    "on_track": _DISC + f'<path d="M3.8 7H10M7.4 4.3 10.1 7 7.4 9.7" {_CUT}/>',
    "in_progress": f'<circle cx="7" cy="7" r="5.8" {_PEN}/><path d="M7 1.2A5.8 5.8 0 0 1 7 12.8Z" '
    'fill="currentColor"/>',
    "behind": _DOWN + f'<path d="M7 4V6.8M7 8.9V9" {_CUT}/>',
    "far_behind": '<path d="M1.5 1H12.5L7 7Z" fill="currentColor"/><path d="M1.5 7H12.5L7 13Z" fill="currentColor"/>',
    "missed": '<rect x=".8" y=".8" width="12.4" height="12.4" rx="2" fill="currentColor"/>'
    f'<path d="M4.6 4.6 9.4 9.4M9.4 4.6 4.6 9.4" {_CUT}/>',
    "undecided": f'<circle cx="7" cy="7" r="6" {_PEN} stroke-dasharray="2.1 1.67"/>'
    '<path d="M5.3 5.6C5.3 3.5 8.8 3.6 8.7 5.7 8.6 7 7 7 7 8.3M7 10.1V10.2" fill="none" '
    'stroke="currentColor" stroke-width="1.3" stroke-linecap="round"/>',
    "overdue": f'<circle cx="7" cy="7" r="6" {_PEN}/><path d="M7 3.6V7.2H9.8" {_PEN} stroke-linecap="round"/>',
    "no_report": f'<circle cx="7" cy="7" r="5.8" {_PEN}/>',
    # Marks of the dot strip, for its legend.
    "dot_proven": '<circle cx="7" cy="7" r="5" fill="currentColor"/>',
    "dot_missed": '<rect x="2.5" y="2.5" width="9" height="9" fill="currentColor"/>',
    "dot_overdue": '<path d="M7 1.2 12.8 7 7 12.8 1.2 7Z" fill="currentColor"/>',
    "dot_in_progress": f'<circle cx="7" cy="7" r="4.6" {_PEN}/><path d="M7 2.4A4.6 4.6 0 0 1 7 11.6Z" '
    'fill="currentColor"/>',
    "dot_no_report": f'<circle cx="7" cy="7" r="4.6" {_PEN}/>',
    "order_blue": '<circle cx="7" cy="7" r="5.5" fill="currentColor"/>',
    "order_orange": '<path d="M7 .6 13.4 7 7 13.4.6 7Z" fill="currentColor"/>',
    "order_red": '<rect x="1.5" y="1.5" width="11" height="11" fill="currentColor"/>',
}

# The inner sign alone, for tiles whose whole ground has the colour of the state.
GLYPHS: dict[str, str] = {
    "met": "M3 7.4 5.9 10.2 11 4.2",
    "proven": "M3 7.4 5.9 10.2 11 4.2",
    "on_track": "M2.6 7H11M7.6 3.6 11 7 7.6 10.4",
    "in_progress": "M3 7H3.1M7 7H7.1M11 7H11.1",
    "behind": "M3.4 5 7 9.4 10.6 5",
    "far_behind": "M3.4 3 7 6.6 10.6 3M3.4 7.6 7 11.2 10.6 7.6",
    "missed": "M3.8 3.8 10.2 10.2M10.2 3.8 3.8 10.2",
    "undecided": "M4.6 5.2C4.6 2 9.6 2.2 9.4 5.2 9.3 7 7 7 7 8.8M7 11.2V11.3",
    "overdue": "M7 3V7.4H10.2",
    "no_report": "M7 3.4A3.6 3.6 0 1 1 6.9 3.4Z",
}


def glyph(name: str) -> Markup:
    """Return the inner sign of a state as inline SVG, in the current colour.

    >>> 'stroke="currentColor"' in glyph("missed")
    True
    """
    return Markup(
        f'<svg class="icon" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" focusable="false">'
        f'<path d="{GLYPHS[name]}" fill="none" stroke="currentColor" stroke-width="1.8" '
        f'stroke-linecap="round" stroke-linejoin="round"/></svg>'
    )


def icon(name: str) -> Markup:
    """Return the inline SVG of one shape, hidden from screen readers because the word stands beside it.

    Raises KeyError for a name without a shape: a state is never shown by colour alone.

    >>> icon("no_report").startswith('<svg class="icon"')
    True
    """
    return Markup(
        f'<svg class="icon" viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" '
        f'focusable="false">{ICONS[name]}</svg>'
    )


def icon_at(name: str, x: float, y: float, size: float, colour: str) -> str:
    """Return one shape as a group centred on a point of a chart, in the given colour."""
    scale = size / 14
    body = ICONS[name].replace("currentColor", colour)
    return (
        f'<g class="mark mark-{name}" transform="translate({x - size / 2:.1f} {y - size / 2:.1f}) '
        f'scale({scale:.3g})">{body}</g>'
    )
