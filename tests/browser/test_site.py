"""The served site, and whether the harness of the other tests finds faults."""

import pytest

from tests.browser.conftest import collect_complaints


def test_site_is_served_as_in_production(page):
    response = page.goto("/")
    assert response.status == 200
    assert response.headers["content-encoding"] == "gzip"
    assert "default-src 'self'" in response.headers["content-security-policy"]
    stylesheet = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    headers = page.request.get(stylesheet).headers
    assert headers["cache-control"].endswith("immutable")
    # Only documents heed it, and a page has thirty files.
    assert "permissions-policy" in response.headers
    assert "permissions-policy" not in headers


def test_axe_finds_a_missing_language(page, axe):
    page.goto("/about/")
    page.evaluate("document.documentElement.removeAttribute('lang')")
    with pytest.raises(AssertionError, match="html-has-lang"):
        axe(page)


@pytest.mark.parametrize(
    ("mistake", "complaint"),
    [
        ("document.body.setAttribute('style', 'color: red')", "inline style"),
        ("fetch('http://elsewhere.example/')", "http://elsewhere.example/"),
    ],
)
def test_page_that_breaks_the_policy_is_noticed(browser, site, mistake, complaint):
    complaints = []
    context = browser.new_context(base_url=site)
    page = context.new_page()
    collect_complaints(page, site, complaints, tolerate=())
    page.goto("/about/")
    assert complaints == []
    with page.expect_console_message():
        page.evaluate(f"() => void {mistake}")
    context.close()
    assert complaint in complaints[0]
