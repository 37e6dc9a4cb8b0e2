"""Filters that are used while a list is loading: the last choice counts."""

import random
import re
from itertools import cycle
from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.slow_network import SlowNetwork

# Three values of each list.
VALUES = {
    "/initiatives/": ["barrier-mistrust", "barrier-professional-skills", "country-GB"],
    "/references/": ["type-report", "type-webpage", "kind-outcome"],
}
STEPS = {
    "a word, then a value": [("q", "people"), 0],
    "three values": [0, 1, 2],
    "a value, removed again": [0, 1, 0],
    "years": [("from", "1990"), ("to", "2012")],
    "an order, then a value": [("sort", "updated"), 2],
    "a value, then an order": [1, ("sort", "updated")],
    "a value, then a word, then an order": [0, ("q", "people"), ("sort", "updated")],
}
CHOSEN = """() => [...new FormData(document.getElementById("filters"))]
    .filter(([name, value]) => value).sort()"""
COUNTS = """() => Object.fromEntries([...document.querySelectorAll(".facet li")]
    .map(row => [row.querySelector("input").id, row.querySelector(".count")])
    .filter(([, count]) => count.textContent)
    .map(([id, count]) => [id, count.textContent]))"""


# Both lists have the same script, so that most tests are about one of them.
ON_BOTH_LISTS = pytest.mark.parametrize("address", VALUES)


@pytest.fixture
def address():
    return "/initiatives/"


@pytest.fixture
def network(page):
    return SlowNetwork(page)


@pytest.fixture
def opened(page, address):
    """Open the page of a list and all of its facets."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('.facet').forEach(one => one.open = true)")
    return page


def use_filter(page, step):
    """Tick one of VALUES by its number, or fill in a field and leave it."""
    if isinstance(step, int):
        page.locator(f"#{VALUES[urlsplit(page.url).path][step]}").click()
    elif step[0] == "sort":
        page.locator("#sort").select_option(step[1])
    else:
        page.locator(f"#{step[0]}").fill(step[1])
        page.keyboard.press("Tab")


def expected_filters(page, steps):
    """Return the filters that are set after the steps, as pairs of name and value."""
    values = VALUES[urlsplit(page.url).path]
    ticks = [i for i in steps if isinstance(i, int) and steps.count(i) == 1]
    pairs = [tuple(values[i].split("-", 1)) for i in ticks]
    return sorted(pairs + [step for step in steps if not isinstance(step, int)])


def filters_in_address(page):
    pairs = parse_qsl(urlsplit(page.url).query)
    return sorted(pair for pair in pairs if pair[0] != "page")


def read_page(page):
    """Return what the form, the list and the counts show."""
    return {
        "form": [tuple(pair) for pair in page.evaluate(CHOSEN)],
        "order": page.locator("#sort").evaluate("it => it.selectedOptions[0].text"),
        "counts": page.evaluate(COUNTS),
        "title": page.title(),
        "heading": page.locator("#heading").text_content(),
        "charts": page.locator("#charts").text_content(),
        "chips": page.locator("#chips li").all_text_contents(),
        "list": page.locator("#list > ul > li").all_text_contents(),
    }


def assert_all_agree(page):
    """Assert that the page is the same as when its address is opened anew."""
    here, there = read_page(page), page.context.new_page()
    there.goto(page.url)
    assert here == read_page(there)
    there.close()
    assert here["form"] == filters_in_address(page)


@pytest.mark.parametrize(
    ("address", "is_each_awaited"), [("/initiatives/", False), ("/references/", True)]
)
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_no_chosen_filter_is_lost(opened, network, steps, is_each_awaited):
    for step in steps:
        use_filter(opened, step)
        if is_each_awaited:
            network.release()
    network.release()
    assert filters_in_address(opened) == expected_filters(opened, steps)
    assert_all_agree(opened)


def test_a_list_that_loads_during_a_click_does_not_cancel_it(opened, network):
    opened.locator("#q").fill("people")
    box = opened.locator(f"#{VALUES[urlsplit(opened.url).path][0]}")
    box.hover()
    opened.mouse.down()
    network.release()
    expect(opened.locator("#heading")).to_contain_text("“people”")
    opened.mouse.up()
    network.release()
    assert filters_in_address(opened) == expected_filters(opened, [("q", "people"), 0])


def test_a_list_that_loads_during_typing_keeps_the_text(opened, network):
    use_filter(opened, 0)
    opened.locator("#q").press_sequentially("peo")
    network.release()
    opened.keyboard.type("ple")
    opened.keyboard.press("Enter")
    network.release()
    assert filters_in_address(opened) == expected_filters(opened, [("q", "people"), 0])
    assert_all_agree(opened)


def test_removing_a_filter_keeps_later_ones(opened, network):
    for step in (0, ("q", "people")):
        use_filter(opened, step)
        network.release()
    use_filter(opened, 2)
    opened.get_by_role("link", name="Remove with the words “people”").click()
    network.release()
    assert filters_in_address(opened) == expected_filters(opened, [0, 2])
    use_filter(opened, 1)
    opened.get_by_role("link", name="Start again").click()
    network.release()
    assert filters_in_address(opened) == []
    assert_all_agree(opened)


def test_a_value_of_a_chart_narrows_the_list_and_the_charts_stay_open(page, network):
    page.goto("/findings/")
    page.locator(".charts-fold > summary").click()
    row = page.get_by_role("row", name="Outcomes")
    number = row.get_by_role("link").nth(1)
    helped = number.text_content()
    number.click()
    network.release()
    assert page.url.endswith("/findings/?kind=outcome&direction=helped")
    expect(page.locator("#heading")).to_contain_text(f"{helped} findings")
    expect(page.get_by_role("table", name="Countries")).to_be_visible()
    expect(page.get_by_role("table", name="Results by kind")).to_have_count(0)
    assert_all_agree(page)


def test_the_next_page_belongs_to_the_shown_list(page, network):
    page.goto("/references/")
    page.get_by_role("link", name="Next").click()
    network.release()
    assert page.url.endswith("/references/?page=2")
    assert_all_agree(page)
    # The list is about to change, so the link leads to its first page.
    page.locator("#type-report").click()
    page.get_by_role("link", name="Next").click()
    network.release()
    assert page.url.endswith("/references/?type=report")
    assert_all_agree(page)


@ON_BOTH_LISTS
def test_back_and_forward_lead_to_the_shown_lists(opened, network):
    for step in (0, ("q", "people"), 2):
        use_filter(opened, step)
        network.release()
    shown = [expected_filters(opened, steps) for steps in ([0], [0, ("q", "people")])]
    opened.go_back()
    opened.go_back()
    network.release()
    assert filters_in_address(opened) == shown[0]
    assert_all_agree(opened)
    opened.go_forward()
    # Before the list has loaded.
    use_filter(opened, 1)
    network.release()
    assert filters_in_address(opened) == expected_filters(
        opened, [0, ("q", "people"), 1]
    )
    assert_all_agree(opened)
    opened.go_back()
    network.release()
    assert filters_in_address(opened) == shown[1]
    assert_all_agree(opened)


def test_back_from_a_case_leads_to_the_list_it_was_opened_from(opened, network):
    use_filter(opened, 0)
    network.release()
    use_filter(opened, 1)
    opened.locator("#list").get_by_role("link").first.click()
    network.release()
    opened.go_back()
    assert filters_in_address(opened) == expected_filters(opened, [0])
    assert_all_agree(opened)


def test_filters_chosen_before_the_scripts_load_count(page, address):
    held = []
    page.route("**/htmx*.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.locator(f"#{VALUES[address][0]}").click()
    [script] = held
    script.continue_()
    page.wait_for_url("**=**")
    assert filters_in_address(page) == expected_filters(page, [0])
    expect(page.locator("#finder.htmx-request")).to_have_count(0)
    assert_all_agree(page)


@ON_BOTH_LISTS
def test_a_failed_list_is_reported_and_can_be_loaded_again(new_page, address):
    page = new_page(tolerate=["ERR_FAILED"])
    network = SlowNetwork(page)
    page.goto(address)
    notice = page.get_by_role("alert")
    expect(notice).to_have_count(0)
    with page.expect_event("requestfailed"):
        page.locator(f"#{VALUES[address][0]}").click()
        network.fail()
    expect(notice).to_contain_text("The list could not be loaded")
    notice.get_by_role("button", name="Try again").click()
    network.release()
    expect(notice).to_have_count(0)
    assert filters_in_address(page) == expected_filters(page, [0])
    assert_all_agree(page)


@pytest.mark.parametrize(("address", "seed"), [*zip(cycle(VALUES), range(4))])
def test_page_and_address_agree_after_random_steps(opened, network, seed):
    # The seed makes a failure repeatable.
    chance = random.Random(seed)  # noqa: S311
    steps = [0, 1, 2, "chip", "back", "release", "release"]
    steps += [("q", word) for word in ("people", "trust", "")]
    steps += [("sort", order) for order in ("updated", "")]
    steps += [(name, year) for name in ("from", "to") for year in ("2005", "")]
    for step in chance.choices(steps, k=16):
        chips = opened.locator("#chips .chip")
        if step == "release":
            network.release()
        elif step == "chip" and chips.count():
            chips.first.click()
        elif step == "back" and filters_in_address(opened):
            opened.go_back()
        elif not isinstance(step, str):
            use_filter(opened, step)
    network.release()
    assert_all_agree(opened)


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_on_a_phone_the_way_to_the_list_stays_in_sight(new_page, javascript):
    page = new_page(width=360, height=700, javascript=javascript)
    page.goto("/initiatives/")
    page.locator("#filters-fold > summary").click()
    role = "link" if javascript else "button"
    way = page.locator(".fold__end").get_by_role(role, name="Show the cases")
    box = page.locator("#barrier-mistrust")
    box.check()
    expect(way).to_be_in_viewport(ratio=1)
    assert way.bounding_box()["height"] >= 44
    # What has the focus is never below it.
    for _ in range(12):
        page.keyboard.press("Tab")
        focused = page.locator(":focus").bounding_box()
        assert focused["y"] + focused["height"] <= way.bounding_box()["y"]
    way.click()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
    expect(page).to_have_url(re.compile("barrier=mistrust"))
