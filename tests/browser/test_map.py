"""The map of cases: drawn, by keyboard, without scripts, on small screens, on paper."""

from itertools import combinations
from math import dist

import pytest
from playwright.sync_api import expect

MARKERS = "[...document.querySelectorAll('.map a')]"


@pytest.mark.parametrize(
    "address",
    [
        *("/map/", "/map/?view=europe", "/map/?view=british-isles"),
        *("/initiatives/streetwatchers-weyhe/", "/barriers/mistrust/"),
    ],
)
def test_land_is_drawn_from_a_file_of_the_site(page, address):
    page.goto(address, wait_until="networkidle")
    for part in ("sea", "land"):
        width = "part => part.getBBox().width"
        assert page.locator(f".map__{part}").evaluate(width) > 1_000, part


def test_each_marker_is_one_stop_and_leads_to_its_entry(new_page):
    page = new_page(javascript=False)
    page.goto("/map/?view=europe")
    markers = page.locator(".map a")
    names = [each.get_attribute("aria-label") for each in markers.all()]
    assert len(names) > 5
    markers.first.focus()
    for name in names:
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
        page.keyboard.press("Tab")
    markers.nth(1).focus()
    page.keyboard.press("Enter")
    entry = page.locator("li:target")
    expect(entry).to_be_in_viewport()
    number = names[1].partition(": ")[2].partition(",")[0]
    expect(entry.locator(".count")).to_have_text(number)
    assert entry.locator("li").count() == int(number.split()[0])


def test_markers_can_be_touched_on_the_smallest_screen(new_page):
    page = new_page(width=320)
    page.goto("/map/?view=europe")
    middles = page.evaluate(
        f"{MARKERS}.map(each => each.querySelector('circle').getBoundingClientRect())"
        ".map(box => [box.x + box.width / 2, box.y + box.height / 2])"
    )
    assert len(middles) > 5
    # The smallest target of WCAG 2.2.
    assert min(dist(*two) for two in combinations(middles, 2)) >= 24


def test_a_choice_changes_the_map_and_keeps_the_view(page):
    page.goto("/map/?view=europe")
    before = page.locator(".map a").count()
    page.locator("summary", has_text="Country").click()
    page.get_by_role("checkbox", name="United Kingdom").check()
    page.wait_for_url("**country=GB**")
    expect(page.get_by_role("heading", level=1)).to_have_text(
        "Map of 14 cases in the United Kingdom"
    )
    assert "view=europe" in page.url
    assert page.locator(".map a").count() < before
    page.get_by_role("navigation", name="Views").get_by_text("British Isles").click()
    page.wait_for_url("**view=british-isles**")
    assert "country=GB" in page.url
    page.get_by_role("link", name="As a list").click()
    page.wait_for_url("**/initiatives/?country=GB")


def test_a_printed_map_has_markers_and_entries_without_controls(page):
    page.goto("/map/?view=europe")
    page.emulate_media(media="print")
    expect(page.locator(".map__marker").first).to_be_visible()
    expect(page.locator(".places li").first).to_be_visible()
    for part in (".views", "#filters", ".export"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.get_by_text("outside this view.", exact=False)).to_be_visible()
