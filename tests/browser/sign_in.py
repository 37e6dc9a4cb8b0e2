"""Signs in at the desk of a running site."""

from tests.browser.server import CURATOR


def sign_in(page, address="/admin/"):
    page.goto(address)
    page.fill("[name=username]", CURATOR["username"])
    page.fill("[name=password]", CURATOR["password"])
    page.click("[type=submit]")
    page.wait_for_load_state()
