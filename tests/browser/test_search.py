"""The box that searches everything: by keyboard, by pointer, without JavaScript."""

import pytest
from playwright.sync_api import expect


@pytest.fixture
def box(page):
    page.goto("/barriers/")
    return page.get_by_role("combobox", name="Search cases, works and terms")


def suggestions(page):
    return page.get_by_role("listbox", name="Suggestions")


def test_names_are_suggested_and_chosen_by_keyboard(page, box, axe):
    page.keyboard.press("Tab")
    # Past the name, seven links of the navigation, and that to the shortlist.
    for _ in range(10):
        page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.type("weyh")
    options = suggestions(page).get_by_role("option")
    expect(options).to_have_text(
        ["Streetwatchers in Weyhe", "Weyhe, Germany", "PRO YOUgend Weyhe 1 work"]
    )
    groups = suggestions(page).get_by_role("group")
    labels = groups.evaluate_all("all => all.map(one => one.ariaLabel)")
    assert labels == ["Cases", "Places", "Authors"]
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("ArrowDown")
    selected = options.nth(0)
    expect(selected).to_have_attribute("aria-selected", "true")
    selected_id = selected.get_attribute("id")
    expect(box).to_have_attribute("aria-activedescendant", selected_id)
    axe(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/initiatives/streetwatchers-weyhe/")


def test_every_key_of_a_combobox_works(page, box):
    box.press_sequentially("weyh")
    options = suggestions(page).get_by_role("option")
    expect(options).to_have_count(3)

    def selected_option():
        states = options.evaluate_all("all => all.map(one => one.ariaSelected)")
        return states.index("true") if "true" in states else None

    # No option is selected at first, and cycling through them includes the field.
    assert selected_option() is None
    places = []
    for key in ("ArrowUp", "ArrowUp", "Home", "End", "ArrowDown", "ArrowDown"):
        page.keyboard.press(key)
        places.append(selected_option())
    assert places == [2, 1, 0, 2, None, 0]
    page.keyboard.press("Escape")
    expect(suggestions(page)).to_be_hidden()
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value("weyh")
    page.keyboard.press("ArrowDown")
    expect(suggestions(page)).to_be_visible()
    page.keyboard.press("Tab")
    expect(suggestions(page)).to_be_hidden()


def test_enter_searches_for_the_text_if_no_suggestion_is_chosen(page, box):
    box.press_sequentially("older people")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=older+people")
    expect(page.get_by_role("heading", level=1)).to_contain_text("older people")
    expect(page.locator("mark").first).to_be_visible()
    assert page.locator("#search").input_value() == "older people"


def test_a_suggestion_is_chosen_with_the_pointer(page, box):
    box.press_sequentially("germ")
    suggestions(page).get_by_role("option", name="Germany").first.click()
    page.wait_for_url("**/initiatives/?country=DE")


def test_only_the_last_text_is_sent_and_answered(page, box):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    box.press_sequentially("wey")
    box.fill("helsi")
    options = suggestions(page).get_by_role("option")
    expect(options.first).to_contain_text("Helsinki Timebank")
    assert [url for url in asked if "suggestions" in url][-1].endswith("q=helsi")


def test_a_failed_response_suggests_nothing(new_page):
    page = new_page(tolerate=["status of 500"])
    page.route("**/search/suggestions/**", lambda route: route.fulfill(status=500))
    page.goto("/barriers/")
    with page.expect_response("**/search/suggestions/**"):
        page.locator("#search").press_sequentially("wey")
    expect(suggestions(page)).to_be_hidden()


def test_without_javascript_the_box_is_a_form(new_page):
    page = new_page(javascript=False)
    page.goto("/")
    page.get_by_label("Search cases, works and terms").fill("streetwachers")
    page.get_by_role("button", name="Search").click()
    assert page.url.endswith("/search/?q=streetwachers")
    page.get_by_role("link", name="streetwatchers", exact=True).click()
    page.get_by_role("link", name="Streetwatchers in Weyhe").first.click()
    assert page.url.endswith("/initiatives/streetwatchers-weyhe/")


def test_a_list_is_searched_in_place(page):
    page.goto("/initiatives/?country=GB")
    page.get_by_label("Words").fill("older people")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=older%20people**")
    expect(page.get_by_label("Sort by")).to_have_value("")
    expect(page.get_by_label("Sort by")).to_contain_text("Best match")
    expect(page.locator("mark").first).to_be_visible()
    with page.expect_response(lambda answer: "sort=name" in answer.url):
        page.get_by_label("Sort by").select_option("name")
    page.wait_for_url("**sort=name**")
