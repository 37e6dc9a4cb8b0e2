"""A plan that is brought in, its overview, and all of it on paper."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.display_settings import each_setting

QUOTE = {
    "finding": "fabcdefg",
    "case": "weyhe",
    "case_name": "Weyhe",
    "kind": "barrier",
    "statement": "They met with reserve.",
    "grade": 0,
    "sources": [{"key": "meyer-grosser-2014", "text": "Meyer & Grosser 2014"}],
    "taken_on": "2026-11-30",
}
ROW = {"id": "r1", "action": "Ask", "by": "2026-01-05", "quotes": [QUOTE]}
START = {"title": "Night bus", "is_template": True, "modes": ["co-design"]}
PLAN = {"casebase_plan": 1, "plan": {"start": START, "table": {"rows": [ROW]}}}
FILE = {
    "name": "plan.json",
    "mimeType": "application/json",
    "buffer": json.dumps(PLAN).encode(),
}


@pytest.fixture
def overview(page):
    """The overview of a plan that was brought in."""
    page.goto("/plan/bring-in/")
    page.get_by_label("The JSON file of a plan").set_input_files(FILE)
    page.get_by_role("button", name="Bring in the plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Night bus")
    return page


def test_overview_and_paper_are_for_everybody(overview, axe):
    page = overview
    read_link = page.locator("#read-link").get_attribute("href")
    for address in (page.url, read_link, f"{read_link}print/"):
        page.goto(address)
        for rules in each_setting(page):
            axe(page, rules=rules)
    page.goto(read_link)
    page.get_by_role("button", name="Start from this one").click()
    expect(page.get_by_text("Your plan has two links.")).to_be_visible()


def test_paper_has_lines_to_write_on_and_wide_pages(overview):
    overview.get_by_role("link", name="Read or print all of it").click()
    overview.emulate_media(media="print")
    line = overview.locator(".paper__line").first
    assert line.bounding_box()["height"] > 30
    expect(overview.get_by_role("link", name="Word document")).to_be_hidden()
    wide = overview.locator(".paper__wide").evaluate("e => getComputedStyle(e).page")
    assert wide == "wide"
    title = overview.locator("link[href$='title.css']").evaluate(
        "link => link.sheet.cssRules[0].cssText"
    )
    assert '"Night bus"' in title
