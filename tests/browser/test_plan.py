"""The workbook: filled in without script and with it, and by two people at once."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.display_settings import each_setting

START = "/plan/?barrier=mistrust&settlement=rural&service-area=older-people"


def begin(page):
    """Begin a plan, and return its address."""
    page.goto(START)
    page.get_by_label("Working title").fill("Help at home")
    page.get_by_role("button", name="Begin the plan").click()
    page.wait_for_url("**/map-it/?new=1")
    return re.match(r".*/plan/[0-9a-f]{32}/", page.url)[0]


def test_without_script_a_finding_gets_into_a_step_and_into_the_table(new_page):
    page = new_page(javascript=False, width=360)
    address = begin(page)
    page.get_by_label("Where do citizens already").fill("Neighbours shop")
    page.get_by_role("button", name="Use this").first.press("Enter")
    assert page.get_by_label("Where do citizens already").input_value()
    expect(page.locator(".box").first.locator("figure.quote")).to_be_visible()
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.locator("figure.quote")).to_have_count(1)
    page.get_by_role("button", name="Save and go on").click()
    page.wait_for_url("**/focus-it/")
    page.goto(f"{address}table/")
    page.get_by_role("link", name="Add a row for “Mistrust").click()
    page.get_by_label("What we shall do").fill("Visit every village")
    page.get_by_label("By when").fill("2027-03-31")
    page.get_by_role("button", name="Save and go to the table").click()
    row = page.get_by_role("row", name="Mistrust")
    expect(row.get_by_role("cell").nth(1)).to_contain_text("Visit every village")


def test_typing_is_saved_by_itself_until_somebody_else_saves(new_page):
    ours, theirs = new_page(tolerate=["409", "INTERNET"]), new_page()
    address = begin(ours)
    for page in (ours, theirs):
        page.goto(f"{address}people-it/")
    question = "Who would do this gladly?"
    theirs.get_by_label(question).fill("The fire brigade")
    expect(theirs.get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_be_visible()
    theirs.get_by_label(question).fill("The fire brigade, and the choir")
    theirs.get_by_role("button", name="Save", exact=True).click()
    expect(theirs.get_by_role("status").get_by_text("Saved.")).to_be_visible()
    ours.get_by_label(question).fill("Neighbours")
    expect(ours.get_by_text("Not saved. Somebody else saved")).to_be_visible()
    ours.get_by_role("button", name="Save and go on").click()
    expect(ours.get_by_text("The fire brigade, and the choir")).to_be_visible()
    expect(ours.get_by_label(question)).to_have_value("Neighbours")
    ours.context.set_offline(True)
    ours.get_by_role("button", name="Save and go on").click()
    expect(ours.get_by_text("Not saved: no connection.")).to_be_visible()
    expect(ours.get_by_label(question)).to_have_value("Neighbours")
    ours.context.set_offline(False)
    ours.get_by_role("button", name="Save and go on").click()
    ours.wait_for_url("**/market-it/")


def test_a_row_is_saved_by_itself_though_it_has_a_field_named_action(new_page):
    page = new_page()
    page.goto(f"{begin(page)}table/new/")
    page.get_by_label("What we shall do").fill("Ask the choir")
    expect(page.get_by_text(re.compile(r"^Saved \d\d:\d\d$"))).to_be_visible()


@pytest.fixture
def filled(new_page):
    """The address of a plan with a quote and a row."""
    page = new_page()
    address = begin(page)
    page.get_by_role("button", name="Use this").first.click()
    page.wait_for_url("**done=used**")
    page.goto(f"{address}table/new/?about=barriers:mistrust")
    page.get_by_role("button", name="Copy to").first.click()
    page.wait_for_url("**done=saved")
    return address


def test_axe_finds_nothing_on_the_pages_of_a_plan(new_page, axe, filled):
    page = new_page()
    paths = ["map-it/?new=1&done=used&box=0", "start/", "links/?ask=delete"]
    for path in [*paths, "table/", "table/new/?about=barriers:mistrust"]:
        page.goto(filled + path)
        page.evaluate(
            "document.querySelectorAll('details').forEach(fold => fold.open = true)"
        )
        for rules in each_setting(page):
            axe(page, rules=rules)
