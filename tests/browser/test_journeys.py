"""The main journey: a barrier, narrowed by country, a case, a source, and back."""

import re

import pytest
from playwright.sync_api import expect

STAY = "/initiatives/?barrier=mistrust&country=DE"
ALL = re.compile(r"^\d+ cases$")


def test_a_case_is_found_by_mouse(page):
    page.goto("/")
    page.get_by_role("link", name="Face a barrier").click()
    page.get_by_role("link", name="Mistrust between citizens and services").click()
    page.get_by_role("link", name="See them as a list").click()
    page.locator("#facet-country summary").click()
    with page.expect_response(lambda answer: "country=DE" in answer.url) as answer:
        page.get_by_role("checkbox", name="Germany").check()
    assert answer.value.request.headers["hx-request"] == "true"
    page.wait_for_url("**" + STAY)
    page.get_by_role("link", name="Streetwatchers in Weyhe").click()
    page.get_by_role("link", name="Source 1", exact=True).first.click()
    page.wait_for_url("**#work-1")
    page.locator("#work-1").get_by_role("link", name="All about this work").click()
    assert "/references/" in page.url
    for _ in range(3):
        page.go_back()
    page.wait_for_url("**" + STAY)
    assert page.get_by_role("checkbox", name="Germany").is_checked()


def test_a_swapped_list_has_its_own_heading_title_and_announcement(page):
    page.goto("/initiatives/?barrier=mistrust")
    page.locator("#facet-country summary").click()
    page.get_by_role("checkbox", name="Germany").check()
    mistrust = "“Mistrust between citizens and services”"
    words = f"1 case that met the barrier {mistrust}, in Germany"
    expect(page.get_by_role("heading", level=1)).to_have_text(words)
    expect(page).to_have_title(f"{words} – Casebase")
    expect(page.locator("#announcer")).to_have_text(words)


def test_a_refusal_is_shown_in_place_and_can_be_left_by_going_back(new_page):
    page = new_page(tolerate=["status of 400"])
    page.goto("/initiatives/")
    page.get_by_label("Begun since").fill("abcd")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("A year has four figures")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(ALL)


@pytest.mark.parametrize("address", ["/initiatives/", "/references/"])
def test_a_chosen_order_is_applied_at_once(page, address):
    page.goto(address)
    second = page.locator("#sort option").nth(1).get_attribute("value")
    page.get_by_label("Sort by").select_option(second)
    page.wait_for_url(f"**{address}?sort={second}")


def test_a_case_is_found_without_javascript(new_page):
    page = new_page(javascript=False)
    page.goto("/barriers/mistrust/")
    page.get_by_role("link", name="See them as a list").click()
    page.locator("#facet-country summary").click()
    page.get_by_role("checkbox", name="Germany").check()
    page.get_by_role("button", name="Show").click()
    assert "barrier=mistrust" in page.url
    assert "country=DE" in page.url
    page.get_by_role("link", name="Streetwatchers in Weyhe").click()
    page.get_by_role("link", name="Source 1", exact=True).first.click()
    page.locator("#work-1").get_by_role("link", name="All about this work").click()
    for _ in range(3):
        page.go_back()
    assert "country=DE" in page.url
    assert page.get_by_role("checkbox", name="Germany").is_checked()


def focus_on(page, name):
    """Press Tab until the focus is on the element with this text, and see it there."""
    for _ in range(300):
        page.keyboard.press("Tab")
        focused = page.evaluate(
            "() => (document.activeElement.labels?.[0] ?? document.activeElement)"
            ".textContent.trim().replace(/\\s+/g, ' ')"
        )
        if focused.startswith(name):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none", f"no visible focus on {name}"
            return
    pytest.fail(f"The keyboard does not reach “{name}”.")


def test_a_case_is_found_by_keyboard(page):
    page.goto("/barriers/mistrust/")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    focus_on(page, "See them as a list")
    page.keyboard.press("Enter")
    page.wait_for_url("**barrier=mistrust")
    focus_on(page, "Country")
    page.keyboard.press("Enter")
    focus_on(page, "Germany")
    with page.expect_response(lambda answer: "country=DE" in answer.url):
        page.keyboard.press("Space")
    page.wait_for_url("**" + STAY)
    focus_on(page, "Streetwatchers in Weyhe")
    page.keyboard.press("Enter")
    page.wait_for_url("**/streetwatchers-weyhe/")
    focus_on(page, "1")
    page.keyboard.press("Enter")
    page.wait_for_url("**#work-1")
    page.go_back()
    page.go_back()
    page.wait_for_url("**" + STAY)


def test_a_removed_chip_keeps_the_focus_and_the_other_filters(page):
    page.goto(STAY)
    with page.expect_response(lambda answer: "barrier=mistrust" in answer.url):
        page.get_by_role("link", name="Remove Germany").click()
    page.wait_for_url("**/initiatives/?barrier=mistrust")
    expect(page.get_by_role("heading", level=1)).to_be_focused()


def test_a_fold_the_reader_opened_stays_open(page):
    page.goto("/initiatives/")
    page.locator("#facet-risk summary").click()
    page.locator("#facet-country summary").click()
    with page.expect_response(lambda answer: "country=FI" in answer.url):
        page.get_by_role("checkbox", name="Finland").check()
    page.wait_for_url("**country=FI")
    expect(page.locator("#facet-risk")).to_have_attribute("open", "")


def test_an_address_carries_no_empty_filters(page):
    page.goto("/initiatives/")
    with page.expect_response(lambda answer: "q=timebank" in answer.url):
        page.get_by_label("Words").fill("timebank")
        page.keyboard.press("Enter")
    page.wait_for_url("**q=timebank**")
    assert "from=" not in page.url


def test_sources_open_in_place_on_narrow_screens(new_page):
    page = new_page(width=360)
    page.goto("/initiatives/streetwatchers-weyhe/")
    fold = page.locator(".finding .sources").first
    link = fold.get_by_role("link").first
    assert not link.is_visible()
    fold.locator("summary").click()
    assert link.is_visible()


def test_sources_stand_beside_statements_on_wide_screens(page):
    page.goto("/initiatives/streetwatchers-weyhe/")
    fold = page.locator(".finding .sources").first
    assert fold.get_by_role("link").first.is_visible()


def read_clipboard(page, kind="text/plain"):
    return page.evaluate(
        """async kind => {
          const [item] = await navigator.clipboard.read();
          return await (await item.getType(kind)).text();
        }""",
        kind,
    )


CLIPBOARD = ["clipboard-read", "clipboard-write"]


def test_the_citation_of_a_case_can_be_copied(new_page):
    page = new_page(permissions=CLIPBOARD)
    page.goto("/initiatives/streetwatchers-weyhe/")
    page.get_by_role("button", name="Copy this citation").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert read_clipboard(page).startswith(
        "Casebase. (2026, November 29). Streetwatchers"
    )


def test_a_list_of_works_is_copied_in_one_click_with_its_italics(new_page):
    page = new_page(permissions=CLIPBOARD)
    page.goto("/references/?cited=streetwatchers-weyhe")
    page.get_by_role("button", name="Copy as citations").click()
    page.get_by_role("button", name="Copied").wait_for()
    assert "<em>Streetwatchers reclaim the streets" in read_clipboard(page, "text/html")
    assert len(read_clipboard(page).split("\n\n")) == 9


def test_a_style_is_found_by_typing_and_remembered(page):
    page.goto("/references/bibliography/?cited=streetwatchers-weyhe")
    with page.expect_response(lambda answer: "q=vancouver" in answer.url):
        page.get_by_label("Citation style").fill("vancouver")
    offered = page.locator("#styles option[value='nlm-citation-sequence']")
    expect(offered).to_have_count(1)
    page.get_by_label("Citation style").fill("nlm-citation-sequence")
    page.get_by_role("button", name="Set the list").click()
    expect(page.locator(".bibliography__label").first).to_have_text("1.")
    page.goto("/references/bibliography/?cited=keyring-networks")
    expect(page.get_by_label("Citation style")).to_have_value("nlm-citation-sequence")


def test_a_case_is_printed_without_the_controls(page):
    page.goto("/initiatives/streetwatchers-weyhe/")
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Main").is_visible()
    assert page.get_by_role("link", name="Source 1", exact=True).first.is_visible()
    assert page.locator("#work-1").is_visible()
    assert page.get_by_role("heading", name="Cite this case").is_visible()


# Returns the text of each mark that is below the last letter of its statement.
LONELY = """marks => marks.filter(mark => {
  const words = mark.previousSibling, letter = document.createRange();
  letter.setStart(words, words.length - 2);
  letter.setEnd(words, words.length - 1);
  const first = mark.firstElementChild.getBoundingClientRect();
  return first.top > letter.getBoundingClientRect().bottom;
}).map(mark => mark.parentElement.textContent)"""


@pytest.mark.parametrize("width", [320, 360, 412, 1280])
def test_the_number_of_a_source_follows_a_word(new_page, width):
    page = new_page(width=width)
    page.goto("/initiatives/streetwatchers-weyhe/")
    marks = page.locator(".marks")
    assert marks.count() > 20
    assert marks.evaluate_all(LONELY) == []
