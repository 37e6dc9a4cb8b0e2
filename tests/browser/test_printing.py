"""Printed pages keep all content and leave out the controls."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def open_printed(page):
    """Return a function that opens a page as it is printed."""

    def open_page(address):
        page.goto(address)
        page.emulate_media(media="print")
        return page

    return open_page


def test_a_barrier_keeps_every_source(open_printed):
    page = open_printed("/barriers/mistrust/")
    sources = page.locator(".sources li")
    assert sources.count() > 5
    for source in sources.all():
        expect(source).to_be_visible()
    for word in ("Source", "sources"):
        expect(page.locator("summary", has_text=word).first).to_be_hidden()


@pytest.mark.parametrize("address", ["/barriers/mistrust/", "/modes/", "/strategies/"])
def test_works_behind_links_are_cited_in_full_once(open_printed, address):
    page = open_printed(address)
    works = page.get_by_role("region", name="Works cited here").locator("li")
    links = page.locator(".sources__work a").evaluate_all("all => all.map(a => a.href)")
    assert works.count() == len(set(links)) > 0
    for work in works.all():
        expect(work.locator("cite")).to_be_visible()
    page.emulate_media(media="screen")
    expect(works.first).to_be_hidden()


def test_a_matrix_has_its_table_and_no_controls(open_printed):
    page = open_printed("/matrix/")
    expect(page.locator("main table").first).to_be_visible()
    assert page.locator("main select").locator("visible=true").count() == 0


def test_a_statement_of_a_case_keeps_the_places_that_were_read(open_printed):
    page = open_printed("/initiatives/streetwatchers-weyhe/")
    sources = page.locator(".finding .sources")
    # Without the name of the work, which has a number instead.
    first, other = sources.first, sources.filter(has_text="P. 24").first
    expect(first).to_have_text(re.compile(r"1\s+Outcomes"), use_inner_text=True)
    expect(other).to_have_text(re.compile(r"3\s+P. 24"), use_inner_text=True)
    expect(page.get_by_text("Read here:").first).to_be_hidden()
    expect(page.get_by_role("link", name="Source 1", exact=True).first).to_be_visible()
    expect(page.locator("#work-1")).to_be_visible()
    expect(page.get_by_role("button", name="More")).to_have_count(0)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/initiatives/", "1–20 of 41 cases: page 1 of 3"),
        ("/initiatives/?page=3", "41 of 41 cases: page 3 of 3"),
    ],
)
def test_a_page_of_a_list_names_the_whole_list(open_printed, address, words):
    page = open_printed(address)
    expect(page.get_by_text(words)).to_be_visible()
    expect(page.locator(".pages .count")).to_be_visible()
    expect(page.locator(".pages a").first).to_be_hidden()
    page.emulate_media(media="screen")
    expect(page.get_by_text(words)).to_be_hidden()


def test_a_list_is_printed_without_its_controls_and_with_its_address(
    open_printed, page
):
    page.goto("/initiatives/?barrier=mistrust")
    with page.expect_response(lambda answer: "sort=year" in answer.url):
        page.get_by_label("Sort by").select_option("year")
    page.wait_for_url("**sort=year")
    page.emulate_media(media="print")
    for part in (".search-box", "#filters", "#chips", "#sort", ".export", ".pages"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.locator("#heading")).to_be_visible()
    expect(page.locator("#address")).to_be_visible()
    expect(page.locator("#address")).to_have_text(page.url)


@pytest.mark.parametrize("address", ["/about/", "/references/meyer-grosser-2014/"])
def test_every_printed_page_has_its_address(open_printed, address):
    page = open_printed(address)
    expect(page.locator("#address")).to_have_text(page.url)
    expect(page.get_by_text("as it was on")).to_be_visible()


def test_each_session_plan_is_on_one_sheet(page):
    page.goto("/plan/sessions/")
    # The two sessions, and what holds for both.
    assert len(re.findall(rb"/MediaBox", page.pdf(prefer_css_page_size=True))) == 3
    tops = "one => getComputedStyle(one).breakBefore"
    sessions = page.locator(".session, .session__advice")
    page.emulate_media(media="print")
    breaks = [one.evaluate(tops) for one in sessions.all()]
    assert breaks == ["auto", "page", "page"]
