"""The Equal Earth projection, in the units of all maps of the site.

After Šavrič, Patterson & Jenny (2018), The Equal Earth map projection, International
Journal of Geographical Information Science, https://doi.org/10.1080/13658816.2018.1504949.
Areas keep their sizes, and parallels are straight: north is always up.
"""

from math import pi, sqrt
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

type Coordinates = NDArray[np.float64]

# The coefficients of the paper's equations.
A1, A2, A3, A4 = 1.340264, -0.081106, 0.000893, 0.003796
# The length of the equator on a map. The north-western corner of the rectangle around
# the world is 0, 0; x grows to the east and y to the south, as in SVG.
WIDTH = 100_000
SCALE = WIDTH * 3 * A1 / (4 * sqrt(3) * pi)
# The latitude by which the paper replaces the North Pole's: its sine is √3/2.
POLE = pi / 3
HEIGHT = 2 * SCALE * POLE * (A1 + A2 * POLE**2 + POLE**6 * (A3 + A4 * POLE**2))


def project(
    longitude: ArrayLike, latitude: ArrayLike
) -> tuple[Coordinates, Coordinates]:
    """Return x and y of places given in degrees, as two arrays.

    Longitudes beyond 180° continue on the other side; latitudes end at the poles.
    """
    turned = (np.asarray(longitude, np.float64) + 180) % 360 - 180
    # 180° itself is the eastern edge of the map, not the western one.
    east = np.where((turned == -180) & (np.asarray(longitude) > 0), 180, turned)
    return project_radians(np.radians(east), np.radians(np.clip(latitude, -90, 90)))


def project_radians(east: Any, north: Any) -> tuple[Coordinates, Coordinates]:
    """Return x and y of places from −π to π and from −π/2 to π/2."""
    t = np.arcsin(sqrt(3) / 2 * np.sin(north))
    t2 = t * t
    t6 = t2 * t2 * t2
    slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2)
    x = 2 * sqrt(3) * east * np.cos(t) / (3 * slope)
    y = t * (A1 + A2 * t2 + t6 * (A3 + A4 * t2))
    return WIDTH / 2 + SCALE * x, HEIGHT / 2 - SCALE * y
