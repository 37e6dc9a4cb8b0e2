"""What every page rests on: the server, the policy, the curators' desk."""


def test_site_is_served_as_in_production(page):
    response = page.goto("/")
    assert response.status == 200
    assert response.headers["content-encoding"] == "gzip"
    assert "default-src 'self'" in response.headers["content-security-policy"]
    stylesheet = page.locator("link[rel=stylesheet]").first.get_attribute("href")
    assert page.request.get(stylesheet).headers["cache-control"].endswith("immutable")
