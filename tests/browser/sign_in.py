"""Signs in at the desk of a running site."""

from tests.browser.server import CURATOR


def sign_in(page, address="/admin/"):
    page.goto(address)
    page.fill("[name=username]", CURATOR["USERNAME"])
    page.fill("[name=password]", CURATOR["PASSWORD"])
    page.click("[type=submit]")
    page.wait_for_load_state()
