"""The head of each page: low, and all of it within reach without scripts."""

import pytest
from playwright.sync_api import expect

from casebase.site.navigation import SECTIONS
from tests.browser.display_settings import fits

MOST_PIXELS = 110


@pytest.mark.parametrize("width", [320, 360])
def test_the_head_of_a_page_is_low_on_telephones(new_page, width):
    page = new_page(javascript=False)
    page.goto("/map/")
    assert fits(page, width)
    assert page.locator(".masthead").bounding_box()["height"] < MOST_PIXELS
    expect(page.locator(".masthead").get_by_role("link", name="Search")).to_be_visible()
    menu = page.get_by_role("navigation", name="Main")
    expect(menu.get_by_role("link")).to_have_count(0)
    menu.get_by_role("button", name="Menu").click()
    expect(menu.get_by_role("link")).to_have_count(len(SECTIONS))
    menu.get_by_role("link", name="Cases").click()
    expect(page).to_have_url("/initiatives/")


@pytest.mark.parametrize("width", [960, 1024, 1280])
def test_the_navigation_is_one_row_on_wide_screens(new_page, width):
    page = new_page(width=width)
    page.goto("/initiatives/")
    assert page.locator(".masthead").bounding_box()["height"] < MOST_PIXELS
    links = page.get_by_role("navigation", name="Main").get_by_role("link")
    expect(links).to_have_count(len(SECTIONS))
    assert len({link.bounding_box()["y"] for link in links.all()}) == 1
    # There is room for one more.
    search = page.locator(".masthead").get_by_role("link", name="Search")
    right = page.locator(".masthead [role=search]") if width > 1200 else search
    end = links.last.bounding_box()
    assert right.bounding_box()["x"] - end["x"] - end["width"] > 120


def test_the_start_page_has_one_search_box(page):
    page.goto("/")
    expect(page.get_by_role("search")).to_have_count(1)
