"""The offsets of Chinese web maps: GCJ-02 over WGS 84, BD-09 over GCJ-02, and back by iteration.

Neither offset is published by its authority. The forward formulas are the ones in public use since 2010; how far
they stand from the official ones is bounded in ``crs``, not here.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Forward = Callable[[Floats, Floats], tuple[Floats, Floats]]

# ellipsoid of Krasovsky 1940, on which the public formula rests
_A, _EE = 6378245.0, 0.00669342162296594323
_METRES = 111_320.0
_ROUNDS = 12


def gcj02(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return GCJ-02 longitude and latitude (degrees) of WGS 84 degrees; applied everywhere, inside China or not.

    >>> lon, lat = gcj02(np.array([104.0668]), np.array([30.5728]))  # 成都
    >>> bool(100 < abs(lon[0] - 104.0668) * 96_000 < 400)
    True
    """
    x, y = lon - 105.0, lat - 35.0
    root = np.sqrt(np.abs(x))
    ripple = (20 * np.sin(6 * np.pi * x) + 20 * np.sin(2 * np.pi * x)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * root + ripple
    north += (20 * np.sin(np.pi * y) + 40 * np.sin(np.pi * y / 3)) * 2 / 3
    north += (160 * np.sin(np.pi * y / 12) + 320 * np.sin(np.pi * y / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * root + ripple
    east += (20 * np.sin(np.pi * x) + 40 * np.sin(np.pi * x / 3)) * 2 / 3
    east += (150 * np.sin(np.pi * x / 12) + 300 * np.sin(np.pi * x / 30)) * 2 / 3
    phi = np.radians(lat)
    w2 = 1 - _EE * np.sin(phi) ** 2
    d_lat = np.degrees(north / (_A * (1 - _EE) / (w2 * np.sqrt(w2))))
    d_lon = np.degrees(east / (_A / np.sqrt(w2) * np.cos(phi)))
    return lon + d_lon, lat + d_lat


def bd09(lon: Floats, lat: Floats) -> tuple[Floats, Floats]:
    """Return BD-09 longitude and latitude (degrees) of WGS 84 degrees, by way of GCJ-02.

    >>> lon, lat = bd09(np.array([104.0668]), np.array([30.5728]))  # 成都
    >>> bool(700 < (lon[0] - 104.0668) * 96_000 < 1_200)
    True
    """
    x, y = gcj02(lon, lat)
    turn = np.pi * 3000 / 180
    reach = np.hypot(x, y) + 0.00002 * np.sin(y * turn)
    angle = np.arctan2(y, x) + 0.000003 * np.cos(x * turn)
    return reach * np.cos(angle) + 0.0065, reach * np.sin(angle) + 0.006


def undo(forward: Forward, lon: Floats, lat: Floats) -> tuple[Floats, Floats, Floats]:
    """Return the WGS 84 degrees that ``forward`` takes to ``lon, lat``, and what is left over in metres.

    The offset changes by less than a hundredth of a step, so taking it off again and again converges (a fixed point);
    the third array is the round trip's own residual, measured and not assumed.

    >>> lon, lat, left = undo(gcj02, *gcj02(np.array([104.0668]), np.array([30.5728])))
    >>> round(float(lon[0]), 9), round(float(lat[0]), 9), bool(left[0] < 0.001)
    (104.0668, 30.5728, True)
    """
    x, y = lon.copy(), lat.copy()
    for _ in range(_ROUNDS):
        there_x, there_y = forward(x, y)
        x, y = x + (lon - there_x), y + (lat - there_y)
    there_x, there_y = forward(x, y)
    left = np.hypot((there_x - lon) * np.cos(np.radians(lat)), there_y - lat) * _METRES
    return x, y, left
