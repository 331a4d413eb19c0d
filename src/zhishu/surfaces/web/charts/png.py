"""The same drawing as a picture for Word and for downloads."""

import vl_convert


def to_png(svg: str, scale: float = 2.0) -> bytes:
    """Return the PNG of one chart at ``scale`` pixels per CSS pixel.

    Letters come from the fonts of the machine: without a Chinese font the renderer leaves Chinese out,
    so a page shows the SVG itself and only the Word briefing needs this.
    """
    return bytes(vl_convert.svg_to_png(svg, scale=scale))
