"""The pictures of social cards."""

from io import BytesIO

import pytest
from PIL import Image

from casebase.social_cards.card import SocialCard
from casebase.social_cards.drawing import (
    BAND,
    HEIGHT,
    MARGIN,
    MAX_SIGNS,
    SIGNS,
    WIDTH,
    draw_card,
)
from casebase.social_cards.palette import colour
from casebase.social_cards.signs import SIZE, STROKES, fill_of

TEXTS = {
    "title": "Streetwatchers in Weyhe",
    "plain_title": "A case in Germany",
    "place": "Weyhe, Germany · since 2007",
    "text": "Volunteers meet young people on weekend nights.",
    "counts": "13 findings · 2 works",
}
HOSTILE = {
    "title": "W" * 300,
    "place": "Weyhe " * 60,
    "text": "word " * 2_000,
    "results": dict.fromkeys(STROKES, 300),
    "results_text": "1,500 barriers",
    "families": {"barrier": 1_500},
}


def draw(**fields):
    image = Image.open(BytesIO(draw_card(SocialCard(**(TEXTS | fields)))))
    assert (image.format, image.size) == ("PNG", (WIDTH, HEIGHT))
    return image.convert("RGB")


def near(one, other):
    return max(abs(x - y) for x, y in zip(one, other, strict=True)) <= 6


def is_empty(image, box):
    paper = colour("paper")
    return all(near(seen, paper) for _, seen in image.crop(box).getcolors(10_000))


def test_each_statement_has_the_sign_of_its_result():
    image = draw(results={"helped": 2, "not-reported": 1})
    for place, result in enumerate(["helped", "helped", "not-reported"]):
        edge = (MARGIN + place * (SIZE + 8) + 3, SIGNS + SIZE // 2)
        assert near(image.getpixel(edge), fill_of(result, "barrier"))
    fourth = MARGIN + 3 * (SIZE + 8)
    assert is_empty(image, (fourth, SIGNS, fourth + SIZE, SIGNS + SIZE))


def test_many_results_are_a_bar():
    image = draw(results={"helped": MAX_SIGNS, "mixed": 1, "hindered": MAX_SIGNS})
    y = SIGNS + 2
    assert near(image.getpixel((MARGIN + 300, y)), fill_of("helped", "barrier"))
    assert near(image.getpixel((WIDTH - MARGIN - 9, y)), fill_of("hindered", "barrier"))


def test_without_results_there_is_no_sign():
    assert is_empty(draw(), (0, SIGNS, WIDTH, SIGNS + SIZE))


def test_the_foot_has_the_families_by_their_shares():
    image, y = draw(families={"barrier": 3, "outcome": 1}), HEIGHT - BAND // 2
    assert near(image.getpixel((10, y)), colour("tone-edge", "barrier"))
    assert near(image.getpixel((WIDTH * 3 // 4 - 5, y)), colour("tone-edge", "barrier"))
    assert near(image.getpixel((WIDTH * 3 // 4 + 5, y)), colour("tone-edge", "outcome"))


@pytest.mark.parametrize("title", ["W" * 300, "many words " * 27, "a"])
def test_nothing_runs_into_the_margins(title):
    image = draw(**HOSTILE | {"title": title})
    above = HEIGHT - BAND
    assert is_empty(image, (0, 0, MARGIN - 4, above))
    assert is_empty(image, (WIDTH - MARGIN + 4, 0, WIDTH, above))
    assert is_empty(image, (0, 0, WIDTH, 50))


def test_a_title_without_letters_that_we_have_is_replaced():
    assert draw(title="認知症カフェ") == draw(title="A case in Germany")
    assert draw(title="Another") != draw(title="A case in Germany")


def test_a_place_without_letters_that_we_have_is_left_out():
    assert draw(place="京都") == draw(place="")
    assert draw(place="Kyoto") != draw(place="")


def test_a_long_title_is_smaller_rather_than_cut():
    shown = (
        "Community monitoring of health centres in Uganda (Power to the People, ACT)"
    )
    assert draw(title=shown) != draw(title=shown[:-1] + "…")
