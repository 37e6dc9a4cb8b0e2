"""The size of a first visit, and its layout, which must not jump while it loads."""

import pytest

# Bytes, compressed and with the headers of responses.
BAR = 100_000
BAR_WITH_PICTURES = 120_000
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
    sizes, pictures = {}, set()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    session.on(
        "Network.responseReceived",
        lambda e: (
            e["response"]["mimeType"].startswith("image/")
            and pictures.add(e["requestId"])
        ),
    )
    session.on(
        "Network.loadingFinished",
        lambda e: sizes.update({e["requestId"]: e["encodedDataLength"]}),
    )
    page.add_init_script(SHIFTS)
    page.goto(address, wait_until="networkidle")
    total, of_pictures = sum(sizes.values()), sum(sizes[each] for each in pictures)
    print(f"{address}: {total / 1000:.1f} kB in {len(sizes)} requests")
    assert len(sizes) > 10, "the stylesheets were not counted"
    assert total - of_pictures < BAR
    assert total < BAR_WITH_PICTURES
    assert page.evaluate("window.shifted") == 0


# The head at once, because browsers show nothing before they have its stylesheets; then
# one line a frame, as a network may deliver them that is slow or was interrupted there.
WRITE_IN_PARTS = """
async ([head, lines, rest]) => {
  const next = resolve => requestAnimationFrame(() => requestAnimationFrame(resolve));
  const frame = () => new Promise(next);
  document.open();
  document.write(head);
  const links = [...document.querySelectorAll("link[rel=stylesheet]")];
  while (links.some(link => !link.sheet)) await frame();
  for (const line of lines) {
    document.write(line);
    await frame();
  }
  document.write(rest);
  document.close();
  await frame();
}
"""
MOST_LINES = 150


@pytest.mark.parametrize("address", PAGES[4:6])
def test_nothing_jumps_when_a_page_arrives_in_parts(new_page, address):
    page = new_page()
    page.add_init_script(SHIFTS)
    page.goto("/robots.txt")
    head, body = page.request.get(address).text().split("<body>")
    lines = body.splitlines(keepends=True)
    rest = "".join(lines[MOST_LINES:])
    page.evaluate(WRITE_IN_PARTS, [head + "<body>", lines[:MOST_LINES], rest])
    assert page.locator("footer").count() == 1
    assert page.evaluate("window.shifted") == 0
