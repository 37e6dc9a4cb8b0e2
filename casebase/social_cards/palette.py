"""The colours of the light scheme, read from static/css/tokens.css."""

import re
from functools import cache
from math import cos, radians, sin

from django.conf import settings

type Colour = tuple[int, int, int]

TOKEN = re.compile(r"--([a-z-]+):\s*([^;]+);")
FAMILY = re.compile(r'\[data-family="([a-z-]+)"\]\s*\{([^}]*)\}')
PRODUCT = re.compile(r"calc\(\s*([\d.]+)\s*\*\s*([\d.]+)\s*\)")
OKLCH = re.compile(r"oklch\(\s*([\d.]+)\s+([\d.]+)\s+([\d.]+)\s*\)")


@cache
def colour(name: str, family: str = "") -> Colour:
    """Return the colour with this name in the stylesheet, 0 to 255 a channel.

    ``family`` is that of a kind of finding, for colours that depend on it.
    """
    common, families = read_tokens()
    tokens = common | families.get(family, {})
    text = re.sub(r"var\(--([a-z-]+)\)", lambda use: tokens[use[1]], tokens[name])
    text = PRODUCT.sub(lambda both: str(float(both[1]) * float(both[2])), text)
    # The first of two is that of the light scheme.
    numbers = OKLCH.search(text)
    if numbers is None:
        raise ValueError(f"--{name} is no colour in OKLCH: {text}")
    return oklch_to_srgb(*map(float, numbers.groups()))


@cache
def read_tokens() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Return the tokens by name, and those of each family."""
    text = (settings.BASE_DIR / "static/css/tokens.css").read_text()
    families = {name: dict(TOKEN.findall(rule)) for name, rule in FAMILY.findall(text)}
    return dict(TOKEN.findall(FAMILY.sub("", text))), families


def oklch_to_srgb(lightness: float, chroma: float, hue: float) -> Colour:
    """Return the colour in sRGB; what sRGB lacks is clipped.

    The matrices are those of https://bottosson.github.io/posts/oklab/.
    """
    a, b = chroma * cos(radians(hue)), chroma * sin(radians(hue))
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        to_channel(4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short),
        to_channel(-1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short),
        to_channel(-0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short),
    )


def to_channel(linear: float) -> int:
    """Return a channel of sRGB, 0 to 255, for linear light from 0 to 1."""
    light = min(max(linear, 0.0), 1.0)
    gamma = 12.92 * light if light <= 0.0031308 else 1.055 * light ** (1 / 2.4) - 0.055
    return round(255 * gamma)


def mix(one: Colour, other: Colour, share: float) -> Colour:
    """Return the colour between the two, with this share of the first."""
    red, green, blue = (
        round(share * x + (1 - share) * y) for x, y in zip(one, other, strict=True)
    )
    return red, green, blue
