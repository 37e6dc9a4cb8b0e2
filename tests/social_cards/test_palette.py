"""Colours of social cards are those of the stylesheet."""

import pytest

from casebase.social_cards import palette
from casebase.social_cards.palette import colour, oklch_to_srgb

# From the samples of https://www.w3.org/TR/css-color-4/: the primary colours of sRGB.
KNOWN = {
    (1, 0, 0): (255, 255, 255),
    (0, 0, 0): (0, 0, 0),
    (0.62796, 0.25768, 29.234): (255, 0, 0),
    (0.86644, 0.29483, 142.495): (0, 255, 0),
    (0.45201, 0.31321, 264.052): (0, 0, 255),
}
CSS = """
:root { --paper: light-dark(oklch(1 0 0), oklch(0 0 0)); --page: 82rem;
  --hue: 0; --chroma: 0;
  --tone: light-dark(oklch(0.62796 calc(var(--chroma) * 0.5) var(--hue)), oklch(0 0 0));
}
[data-family="barrier"] { --hue: 29.234; --chroma: 0.51536; }
"""


@pytest.fixture
def stylesheet(settings, tmp_path):
    """Colours are read from a stylesheet of this test."""
    folder = tmp_path / "static/css"
    folder.mkdir(parents=True)
    (folder / "tokens.css").write_text(CSS)
    settings.BASE_DIR = tmp_path
    forget()
    yield
    forget()


def forget():
    colour.cache_clear()
    palette.read_tokens.cache_clear()


@pytest.mark.parametrize("oklch", KNOWN)
def test_known_colours_are_converted(oklch):
    assert oklch_to_srgb(*oklch) == KNOWN[oklch]


@pytest.mark.usefixtures("stylesheet")
def test_the_light_colour_is_taken_and_that_of_the_family():
    assert colour("paper") == (255, 255, 255)
    assert colour("tone", "barrier") == (255, 0, 0)
    assert len(set(colour("tone", "neutral"))) == 1


@pytest.mark.usefixtures("stylesheet")
def test_what_is_no_colour_is_refused():
    with pytest.raises(ValueError, match="82rem"):
        colour("page")
