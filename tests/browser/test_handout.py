"""A handout on paper: as many pages as it promises, and what stands on them."""

import re

import pytest
from playwright.sync_api import expect

# The case with the most text, and those that came closest to a third page.
LONG = (
    "surrey-young-people",
    "nhs-volunteer-responders",
    "whanau-ora-new-zealand",
    "cycling-without-age",
)


@pytest.mark.parametrize(("form", "most"), [("full", 2), ("short", 1)])
def test_a_case_has_two_pages_or_one(page, form, most):
    for slug in LONG:
        page.goto(f"/handout/?case={slug}&form={form}")
        page.locator(".sheet--end").evaluate("last => last.remove()")
        pdf = page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= most, slug


def test_the_form_needs_no_script_and_is_not_printed(new_page):
    page = new_page(javascript=False, width=360)
    page.goto("/handout/?case=streetwatchers-weyhe&case=keyring-networks")
    page.get_by_label("Length").select_option("short")
    page.get_by_label("Citation style").fill("nature")
    page.get_by_role("button", name="Set the handout").click()
    assert "form=short" in page.url
    expect(page.get_by_role("heading", name="Handout: 2 cases")).to_be_visible()
    expect(page.get_by_label("Length")).to_have_value("short")
    page.emulate_media(media="print")
    for part in (".handout-tools", ".crumbs", ".masthead", ".colophon", ".menu"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.get_by_role("heading", name="KeyRing")).to_be_visible()
    expect(page.locator(".sheet__running").first).to_be_visible()
