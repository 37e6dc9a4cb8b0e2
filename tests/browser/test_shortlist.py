"""“Keep” with and without a script, by keyboard, and the pages of a shortlist."""

import pytest
from playwright.sync_api import expect

from tests.browser.display_settings import each_setting, fits

CASES = "/initiatives/?country=DE&country=GB"


def keep(page, name):
    return page.get_by_role("button", name=f"Keep “{name}")


def kept(page, name):
    return page.get_by_role("button", name=f"Kept “{name}")


def shortlist(page):
    return page.get_by_role("link", name="Shortlist")


def test_keep_becomes_kept_where_it_stands(page):
    page.goto(CASES)
    button = keep(page, "KeyRing")
    button.scroll_into_view_if_needed()
    place, top = button.bounding_box(), page.evaluate("scrollY")
    button.focus()
    page.keyboard.press("Enter")
    expect(kept(page, "KeyRing")).to_be_focused()
    expect(page.get_by_role("status").last).to_have_text("Kept. On your shortlist: 1.")
    assert kept(page, "KeyRing").bounding_box() == place
    assert page.evaluate("scrollY") == top
    expect(shortlist(page)).to_have_text("Shortlist 1")
    # A list that htmx replaces, and the page that a reader comes back to, know it, too.
    page.get_by_label("Sort by").select_option("country")
    expect(page).to_have_url(f"{CASES}&sort=country")
    expect(kept(page, "KeyRing")).to_be_visible()
    page.goto("/initiatives/keyring-networks/")
    kept(page, "KeyRing").click()
    expect(keep(page, "KeyRing")).to_be_visible()
    page.go_back()
    expect(keep(page, "KeyRing")).to_be_visible()
    expect(shortlist(page)).to_have_text("Shortlist")


def test_nothing_is_lost_when_buttons_are_pressed_quickly(page):
    page.goto(CASES)
    page.evaluate("""() => {
      const buttons = [...document.querySelectorAll("[form=keep]")].slice(0, 3);
      for (const button of [...buttons, ...buttons]) button.click();
    }""")
    expect(shortlist(page)).to_have_text("Shortlist 3")
    page.goto("/shortlist/")
    expect(page.get_by_role("button", name="Remove “")).to_have_count(3)


def test_a_statement_is_kept_from_its_menu(page):
    page.goto("/initiatives/streetwatchers-weyhe/#fpazzbjh")
    page.locator("#fpazzbjh .more").click()
    page.locator("#keep-fpazzbjh").click()
    expect(page.locator("#keep-fpazzbjh")).to_contain_text("Kept on the shortlist")
    expect(shortlist(page)).to_have_text("Shortlist 1")


def test_a_full_shortlist_and_a_lost_connection_are_told(new_page, site):
    page = new_page(tolerate=["ERR_INTERNET_DISCONNECTED", "Failed to fetch"])
    full = ".".join(f"r{n}" for n in range(1, 51))
    page.context.add_cookies([{"name": "shortlist", "value": full, "url": site}])
    page.goto(CASES)
    keep(page, "KeyRing").click()
    problem = page.locator(".keeping__problem")
    expect(problem).to_contain_text("Your shortlist is full: it holds 50.")
    page.get_by_role("heading", level=1).click()
    expect(problem).to_have_count(0)
    page.context.set_offline(True)
    keep(page, "KeyRing").click()
    expect(problem).to_contain_text("This was not sent.")


@pytest.mark.parametrize("width", [320, 360, 960, 1280])
def test_the_head_stays_low_with_a_full_shortlist(new_page, site, width):
    page = new_page(javascript=False, width=width)
    full = ".".join(f"r{n}" for n in range(1, 51))
    page.context.add_cookies([{"name": "shortlist", "value": full, "url": site}])
    page.goto("/about/")
    assert fits(page, width)
    assert page.locator(".masthead").bounding_box()["height"] == 65
    expect(shortlist(page)).to_have_text("Shortlist 50")
    right = page.locator(".masthead__row > :visible").last.bounding_box()
    assert right["x"] + right["width"] <= width


def test_the_whole_way_without_scripts_and_by_keyboard(new_page, axe):
    page = new_page(javascript=False)
    page.goto(CASES)
    for name in ("KeyRing", "Streetwatchers"):
        keep(page, name).focus()
        page.keyboard.press("Enter")
        expect(kept(page, name)).to_be_in_viewport()
    shortlist(page).click()
    note = page.get_by_label("Note: what you want from “Streetwatchers")
    note.fill("Ask Anna.\nSecond line")
    page.get_by_role("button", name="Up “Streetwatchers").press("Enter")
    expect(page.get_by_role("button", name="Down “Streetwatchers")).to_be_focused()
    names = page.locator(".shortlist__name")
    expect(names).to_have_text(
        ["Streetwatchers in Weyhe", "KeyRing Living Support Networks"]
    )
    page.get_by_label("Place of “KeyRing").fill("1")
    page.keyboard.press("Enter")
    expect(names.first).to_have_text("KeyRing Living Support Networks")
    page.get_by_role("button", name="Undo").press("Enter")
    expect(names.first).to_have_text("Streetwatchers in Weyhe")
    expect(note).to_have_value("Ask Anna.\nSecond line")
    page.get_by_role("button", name="Get a link").press("Enter")
    expect(page.get_by_role("heading", name="Its two links")).to_be_visible()


def test_a_read_link_is_opened_elsewhere_and_copied(page, new_page):
    change, read = stored(page, note="Ask Anna.\nSecond line")
    # Who follows a link with a note that is not saved is asked first.
    page.get_by_label("Note").first.fill("Ask Bob.")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.get_by_role("link", name="Make a handout").click()
    assert page.url == change
    expect(page.get_by_label("Note").first).to_have_value("Ask Bob.")
    other = new_page(javascript=False)
    other.goto(read)
    expect(other.get_by_text("This link is for reading.")).to_be_visible()
    other.get_by_role("button", name="Copy it to my shortlist").click()
    expect(shortlist(other)).to_have_text("Shortlist 2")
    expect(other.get_by_label("Note").first).to_have_value("Ask Anna.\nSecond line")


def stored(page, note=""):
    """Keep two cases and get a link; return the addresses of both links."""
    page.goto(CASES)
    keep(page, "KeyRing").click()
    keep(page, "Streetwatchers").click()
    expect(shortlist(page)).to_have_text("Shortlist 2")
    page.goto("/shortlist/")
    page.get_by_label("Note").first.fill(note)
    page.get_by_role("button", name="Get a link").click()
    expect(page.get_by_role("heading", name="Its two links")).to_be_visible()
    return page.url, page.locator("#read-link").get_attribute("href")


def test_axe_finds_nothing_on_any_page_of_a_shortlist(new_page, axe):
    page = new_page(tolerate=["status of 409"])
    change, read = stored(page)
    second = page.context.new_page()
    second.goto(change)
    second.get_by_label("Note").first.fill("Theirs")
    second.get_by_role("button", name="Save").first.click()
    expect(second.get_by_label("Note").first).to_have_value("Theirs")
    check(page, axe)
    page.get_by_label("Note").first.fill("Mine")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("Somebody else saved it")).to_be_visible()
    check(page, axe)
    for address in (
        read,
        "/shortlist/",
        f"{change}links/",
        f"{change}links/?ask=delete",
    ):
        page.goto(address)
        check(page, axe)


def check(page, axe):
    assert fits(page, 320)
    for rules in each_setting(page):
        axe(page, rules=rules)
