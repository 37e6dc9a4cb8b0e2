"""Journeys of readers without an account, and of users of the desk."""

import base64
import time

import pytest
from django_otp.oath import TOTP
from playwright.sync_api import expect

from tests.browser.display_settings import each_color_scheme
from tests.browser.server import CURATOR
from tests.browser.sign_in import sign_in

CASE = "/initiatives/streetwatchers-weyhe/"
REFUSED = ("status of 400", "status of 429")


@pytest.fixture(params=[True, False], ids=["scripts", "without"])
def page(new_page, request):
    return new_page(javascript=request.param, width=360, tolerate=REFUSED)


@pytest.fixture
def check_page(request, axe):
    """check_page(page) checks that a page fits and, if axe can run, is accessible."""
    has_scripts = "scripts" in request.node.callspec.id

    def check(page):
        if not has_scripts:
            return
        # A click returns when the next page begins, before it has a root element.
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        for _ in each_color_scheme(page):
            axe(page)

    return check


def current_code(key):
    clock = TOTP(base64.b32decode(key.replace(" ", "")))
    clock.time = time.time()
    return f"{clock.token():06}"


def enter_code(page, code, button):
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name=button).click()


def set_up_an_app(page, check_page):
    """Set up an app; return its back-up codes."""
    sign_in(page, "/admin/second-factor/")
    check_page(page)
    page.get_by_role("link", name="Set up an app").click()
    assert page.locator("svg path").first.is_visible()
    check_page(page)
    enter_code(page, current_code(page.locator("code").inner_text()), "Set up the app")
    codes = page.locator("code")
    expect(codes).to_have_count(10)
    check_page(page)
    texts = codes.all_inner_texts()
    page.get_by_role("link", name="I have saved the codes").click()
    return texts


def test_a_second_factor_is_set_up_asked_for_and_removed(page, check_page):
    codes = set_up_an_app(page, check_page)
    page.get_by_role("button", name="Log out").click()

    sign_in(page, "/admin/second-factor/")
    assert "/admin/code/" in page.url
    check_page(page)
    page.goto("/admin/")
    assert "/admin/code/" in page.url
    enter_code(page, "000000", "Continue")
    expect(page.locator(".errorlist")).to_contain_text("not a code that is right")
    enter_code(page, codes[0], "Continue")
    page.goto("/admin/second-factor/")
    expect(page.get_by_text("You have 9 back-up codes left.")).to_be_visible()
    check_page(page)
    page.get_by_label("Password").fill(CURATOR["password"])
    page.get_by_role("button", name="Remove the app").click()
    expect(page.get_by_text("Your password alone opens the desk.")).to_be_visible()


def suggest_a_correction(page, check_page, *, text, name):
    """Send the form with an error, then correct it and send it again."""
    page.goto(CASE)
    page.get_by_role("button", name="More on “").first.click()
    page.get_by_role("link", name="Suggest a correction to “").click()
    page.get_by_label("What is wrong or missing?").fill(text)
    page.get_by_label("Your e-mail address").fill("ada@nowhere")
    page.get_by_role("button", name="Send the suggestion").click()
    check_page(page)
    expect(page.get_by_label("What is wrong")).to_have_value(text)
    page.get_by_label("Your e-mail address").fill("ada@example.org")
    page.get_by_label("Your name").fill(name)
    page.get_by_role("button", name="Send the suggestion").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def test_a_reader_suggests_and_a_curator_accepts(page, new_page, check_page):
    suggest_a_correction(
        page, check_page, text="They also talk to neighbours.", name="Ada"
    )

    desk = new_page()
    sign_in(desk, "/admin/suggestions/suggestion/")
    desk.locator("#result_list tbody th a").first.click()
    desk.get_by_role("button", name="Accept and draft a change").click()
    statement = desk.get_by_label("Statement:", exact=True)
    statement.fill(statement.input_value() + " They talk to neighbours too.")
    desk.get_by_role("button", name="Apply the draft to the case").click()
    expect(desk.locator(".messagelist")).to_contain_text("Taken up")

    page.goto(CASE)
    expect(page.get_by_text("They talk to neighbours too.").first).to_be_visible()
    expect(page.get_by_text("With a correction by Ada.")).to_be_visible()


def test_a_locked_out_user_is_told_when_to_return(page, check_page):
    for n in range(6):
        page.goto("/admin/")
        page.fill("[name=username]", "nobody")
        page.fill("[name=password]", f"guess {n}")
        page.click("[type=submit]")
    expect(page.get_by_text("is closed until")).to_be_visible()
    check_page(page)
