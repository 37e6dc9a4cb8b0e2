"""Fixtures: a running site, pages that must not complain, and accessibility checks."""

import os
from pathlib import Path
from urllib.parse import urlsplit

import axe_playwright_python
import pytest
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.browser.server import fill_once, running_site

QUIET = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# Chromium's sandbox does not work for root.
ARGUMENTS = QUIET + (["--no-sandbox"] if os.geteuid() == 0 else [])


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def filled_site(tmp_path_factory):
    """The folder of a site with the content of fixtures/, for others to copy."""
    base = tmp_path_factory.getbasetemp()
    is_worker = "PYTEST_XDIST_WORKER" in os.environ
    folder = (base.parent if is_worker else base) / "filled_site"
    fill_once(folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory, filled_site):
    """The address of the site, with the content of fixtures/."""
    with running_site(tmp_path_factory.mktemp("site"), filled_site) as address:
        yield address


@pytest.fixture(scope="session")
def browser():
    if why := chromium.missing():
        pytest.skip(why)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=ARGUMENTS
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(browser, site):
    """Return a function that opens a page; fail the test if a page complained.

    Each page has a context of its own, with the options of Playwright's new_context.
    `tolerate` has parts of complaints that a test expects, as in "status of 404".
    """
    contexts, complaints = [], []

    def open_page(*, javascript=True, width=1280, height=800, tolerate=(), **options):
        context = browser.new_context(
            base_url=site,
            java_script_enabled=javascript,
            viewport={"width": width, "height": height},
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        collect_complaints(page, site, complaints, tolerate)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert not complaints, "\n".join(complaints)


@pytest.fixture
def page(new_page):
    return new_page()


def collect_complaints(page, site, complaints, tolerate):
    def complain(text):
        if not any(tolerated in text for tolerated in tolerate):
            complaints.append(f"{page.url}: {text}")

    def look_at_message(message):
        if message.type in {"error", "warning"}:
            complain(f"console {message.type}: {message.text}")

    def look_at_request(request):
        if urlsplit(request.url).netloc != urlsplit(site).netloc:
            complain(f"asked another host for {request.url}")

    page.on("console", look_at_message)
    page.on("pageerror", lambda error: complain(f"script error: {error}"))
    page.on("request", look_at_request)


AXE_OPTIONS = {
    # Part of WCAG 2.2 AA, but off by default.
    "rules": {"target-size": {"enabled": True}},
    # One example of each other result is enough, because listing all takes time.
    "resultTypes": ["violations"],
}


# What such a bar happens to cover looks too small to axe, as if nobody could scroll.
UNSTICK = """() => {
  for (const bar of document.querySelectorAll(".fold__end"))
    bar.style.position = "static";
}"""


@pytest.fixture(scope="session")
def axe():
    """Return a function that fails if axe-core finds errors: by all rules, or by some.

    The page is looked at as a whole, or within selectors.
    """
    source = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text()

    def check(page, *within, rules=None):
        # A click returns when the next page begins, before it has its styles.
        page.wait_for_load_state()
        # Run it through the debugger: the site's policy forbids script tags.
        if not page.evaluate("'axe' in window"):
            page.evaluate(source)
        page.evaluate(UNSTICK)
        parts = {"include": [[selector] for selector in within or ["html"]]}
        run = "([parts, options]) => axe.run(parts, options)"
        only = {"runOnly": {"type": "rule", "values": rules}} if rules else {}
        found = page.evaluate(run, [parts, AXE_OPTIONS | only])
        assert found["passes"], "axe looked at nothing"
        assert not found["violations"], "\n".join(map(describe, found["violations"]))

    return check


def describe(violation):
    places = "\n".join(
        f"    {' '.join(map(str, node['target']))}\n      {node['html'][:200]}"
        for node in violation["nodes"]
    )
    return f"{violation['id']} ({violation['impact']}): {violation['help']}\n{places}"
