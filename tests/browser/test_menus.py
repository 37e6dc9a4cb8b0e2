"""Menus open over the page, and close as readers expect."""

import pytest
from playwright.sync_api import expect

LIST = "/references/?barrier=mistrust"


@pytest.fixture
def menu(page):
    page.goto(LIST)
    return page.locator("#files-of-works")


def download(page):
    return page.get_by_role("button", name="Download")


def test_a_menu_pushes_nothing_and_closes_on_escape(page, menu, axe):
    first = page.locator("#list li").first
    before = first.bounding_box()
    download(page).press("Enter")
    expect(menu).to_be_visible()
    assert first.bounding_box() == before
    axe(page, f"#{menu.get_attribute('id')}")
    page.keyboard.press("Tab")
    expect(menu.get_by_role("link").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(download(page)).to_be_focused()


def test_a_menu_closes_on_a_click_beside_it_and_when_another_opens(page, menu):
    download(page).click()
    page.get_by_role("button", name="Open in").click()
    expect(menu).to_be_hidden()
    expect(page.locator("#open-works")).to_be_visible()
    page.locator("#heading").click()
    expect(page.locator("#open-works")).to_be_hidden()


def test_a_menu_closes_when_something_of_it_was_taken(page, menu):
    download(page).click()
    with page.expect_download():
        menu.get_by_role("link", name="BibTeX").click()
    expect(menu).to_be_hidden()


def test_a_menu_closes_when_the_focus_leaves_it_and_its_button(page, menu):
    download(page).press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    expect(download(page)).to_be_focused()
    expect(menu).to_be_visible()
    menu.get_by_role("link").last.focus()
    page.keyboard.press("Tab")
    expect(menu).to_be_hidden()
    expect(page.locator(".export a:focus")).to_be_visible()


def test_the_button_of_a_menu_closes_it(page, menu):
    download(page).press("Enter")
    page.keyboard.press("Tab")
    download(page).click()
    expect(menu).to_be_hidden()


@pytest.mark.parametrize("size", [(640, 360), (360, 320), (1280, 256)])
def test_all_of_a_menu_is_within_reach_in_a_small_window(new_page, size):
    page = new_page(width=size[0], height=size[1])
    page.goto(LIST)
    download(page).click()
    menu = page.locator("#files-of-works")
    expect(menu).to_be_in_viewport(ratio=1)
    menu.get_by_role("link").last.scroll_into_view_if_needed()
    expect(menu.get_by_role("link").last).to_be_in_viewport(ratio=1)


def test_menus_need_no_javascript(new_page):
    page = new_page(javascript=False, width=360)
    page.goto(LIST)
    download(page).click()
    links = page.locator("#files-of-works").get_by_role("link")
    expect(links.first).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(links.first).to_be_hidden()


def test_each_statement_of_a_case_has_one_menu(page, axe):
    page.goto("/initiatives/streetwatchers-weyhe/")
    suggest = page.get_by_role("link", name="Suggest a correction to “")
    expect(suggest).to_have_count(0)
    more = page.get_by_role("button", name="More on “")
    names = [button.text_content() for button in more.all()]
    assert len(names) == len(set(names)) == page.locator("article.finding[id]").count()
    page.locator(".finding").nth(3).get_by_role("button", name="More").click()
    expect(suggest).to_have_count(1)
    axe(page)
    page.get_by_role("link", name="Link to this statement").click()
    statement = page.locator(".finding:target")
    expect(statement).to_be_in_viewport()
    expect(page.get_by_role("link", name="Link to this statement")).to_have_count(0)
