"""Cases side by side: by keyboard, without script, on a phone and on paper."""

import re

import pytest
from playwright.sync_api import expect

TWO = "/compare/?case=streetwatchers-weyhe&case=keyring-networks"
THREE = f"{TWO}&case=balsall-heath-forum"


def names(page):
    """Return the names of the cases in the columns that can be seen."""
    heads = page.get_by_role("columnheader").filter(has=page.get_by_role("link"))
    return [
        head.get_by_role("link").first.inner_text()
        for head in heads.all()
        if head.is_visible()
    ]


def test_a_case_is_chosen_in_the_list_and_another_by_the_keyboard(page):
    page.goto("/initiatives/?q=streetwatchers")
    page.get_by_role("link", name="Compare with …").first.click()
    field = page.get_by_label("Add a case, by a word of its name")
    field.press_sequentially("keyr")
    expect(page.get_by_role("option", name="KeyRing")).to_be_visible()
    field.press("ArrowDown")
    field.press("Enter")
    page.wait_for_url(f"**{TWO}")
    assert names(page) == ["Streetwatchers in Weyhe", "KeyRing Living Support Networks"]


def test_on_a_phone_without_script_two_columns_of_three_are_seen(new_page):
    page = new_page(javascript=False, width=360)
    page.goto(TWO)
    page.get_by_label("Add a case, by a word of its name").fill("balsall")
    page.get_by_role("button", name="Add").click()
    assert page.url.endswith(THREE)
    assert len(names(page)) == 2
    choice = "KeyRing Living Support Networks and Resident-led renewal of Balsall Heath"
    page.get_by_role("link", name=choice).click()
    assert names(page) == [
        "KeyRing Living Support Networks",
        "Resident-led renewal of Balsall Heath",
    ]
    page.get_by_role("link", name="What they share").click()
    assert len(names(page)) == 2
    page.get_by_role("link", name="Remove KeyRing").click()
    assert len(names(page)) == 2
    expect(page.get_by_text("Two at a time")).to_have_count(0)


@pytest.mark.parametrize("width", [360, 800, 1280])
def test_the_names_of_the_cases_stay_in_sight(new_page, width):
    page = new_page(width=width)
    page.goto(TWO)
    table = page.get_by_role("table")
    table.get_by_role("row").last.scroll_into_view_if_needed()
    expect(table.get_by_role("columnheader", name="KeyRing")).to_be_in_viewport()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_names_do_not_cover_what_gets_the_focus(new_page, width):
    page = new_page(width=width)
    page.goto(TWO)
    heads = page.get_by_role("rowheader").get_by_role("link")
    heads.last.focus()
    page.keyboard.press("Shift+Tab")
    # Now it is where the names of the cases are, and the focus is elsewhere.
    page.evaluate(
        """() => {
            window.covered = document.activeElement;
            scrollBy(0, covered.getBoundingClientRect().top - 5);
        }"""
    )
    heads.last.evaluate("link => link.focus({ preventScroll: true })")
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement === covered")
    names = page.get_by_role("columnheader", name="KeyRing").bounding_box()
    top = page.evaluate("covered.getBoundingClientRect().top")
    assert top >= names["y"] + names["height"]


@pytest.mark.parametrize(
    ("address", "is_portrait"), [(TWO, True), (THREE, False)], ids=["two", "three"]
)
def test_paper_is_as_wide_as_the_table_needs(page, address, is_portrait):
    page.goto(address)
    boxes = re.findall(
        rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", page.pdf(prefer_css_page_size=True)
    )
    assert boxes
    assert all((float(w) < float(h)) == is_portrait for w, h in boxes)


def test_paper_says_what_the_words_mean_and_has_no_controls(page):
    page.goto(THREE)
    page.emulate_media(media="print")
    expect(
        page.get_by_text("That is no evidence that the case lacks it")
    ).to_be_visible()
    for words in ("Remove", "Where they differ 4", "Two at a time", "In its case"):
        for found in page.get_by_text(words, exact=False).all():
            expect(found).to_be_hidden()
