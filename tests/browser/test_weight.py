"""The size of a first visit, and its layout, which must not jump while it loads."""

import pytest

BAR = 100_000
SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


PAGES = [
    "/",
    "/initiatives/",
    "/map/",
    "/map/?view=europe",
    "/initiatives/family-nurse-partnership-scotland/",
    "/barriers/citizen-capacity/",
    "/codebook/",
    "/references/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_first_visit_is_light_and_nothing_jumps(new_page, address):
    page = new_page()
    sizes = []
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.loadingFinished", lambda e: sizes.append(e["encodedDataLength"])
    )
    page.add_init_script(SHIFTS)
    page.goto(address, wait_until="networkidle")
    print(f"{address}: {sum(sizes) / 1000:.1f} kB in {len(sizes)} requests")
    assert len(sizes) > 10, "the stylesheets were not counted"
    assert sum(sizes) < BAR
    assert page.evaluate("window.shifted") == 0
