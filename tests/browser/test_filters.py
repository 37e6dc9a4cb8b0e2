"""Filters that are used while a list is loading: the last choice counts."""

import random
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
    "a value, taken back": [0, 1, 0],
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
    """The page of a list, with all of its facets open."""
    page.goto(address)
    page.evaluate("document.querySelectorAll('.facet').forEach(one => one.open = true)")
    return page


def use(page, step):
    """Tick one of VALUES by its number, or leave a field with something in it."""
    if isinstance(step, int):
        page.locator(f"#{VALUES[urlsplit(page.url).path][step]}").click()
    elif step[0] == "sort":
        page.locator("#sort").select_option(step[1])
    else:
        page.locator(f"#{step[0]}").fill(step[1])
        page.keyboard.press("Tab")


def in_use(page, steps):
    """Pairs of name and value, as the steps leave them."""
    values = VALUES[urlsplit(page.url).path]
    ticks = [i for i in steps if isinstance(i, int) and steps.count(i) == 1]
    pairs = [tuple(values[i].split("-", 1)) for i in ticks]
    return sorted(pairs + [step for step in steps if not isinstance(step, int)])


def asked(page):
    pairs = parse_qsl(urlsplit(page.url).query)
    return sorted(pair for pair in pairs if pair[0] != "page")


def told(page):
    """What form, list and counts say."""
    return {
        "form": [tuple(pair) for pair in page.evaluate(CHOSEN)],
        "order": page.locator("#sort").evaluate("it => it.selectedOptions[0].text"),
        "counts": page.evaluate(COUNTS),
        "title": page.title(),
        "heading": page.locator("#heading").text_content(),
        "chips": page.locator("#chips li").all_text_contents(),
        "list": page.locator("#list > ul > li").all_text_contents(),
    }


def assert_all_agree(page):
    """Address, form and list say what somebody else finds at this address."""
    here, there = told(page), page.context.new_page()
    there.goto(page.url)
    assert here == told(there)
    there.close()
    assert here["form"] == asked(page)


@pytest.mark.parametrize(
    ("address", "is_each_awaited"), [("/initiatives/", False), ("/references/", True)]
)
@pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
def test_nothing_that_is_used_is_lost(opened, network, steps, is_each_awaited):
    for step in steps:
        use(opened, step)
        if is_each_awaited:
            network.release()
    network.release()
    assert asked(opened) == in_use(opened, steps)
    assert_all_agree(opened)


def test_a_list_that_comes_between_press_and_release_takes_no_click_away(
    opened, network
):
    opened.locator("#q").fill("people")
    box = opened.locator(f"#{VALUES[urlsplit(opened.url).path][0]}")
    box.hover()
    opened.mouse.down()
    network.release()
    expect(opened.locator("#heading")).to_contain_text("“people”")
    opened.mouse.up()
    network.release()
    assert asked(opened) == in_use(opened, [("q", "people"), 0])


def test_a_list_that_comes_while_one_types_leaves_the_words_alone(opened, network):
    use(opened, 0)
    opened.locator("#q").press_sequentially("peo")
    network.release()
    opened.keyboard.type("ple")
    opened.keyboard.press("Enter")
    network.release()
    assert asked(opened) == in_use(opened, [("q", "people"), 0])
    assert_all_agree(opened)


def test_a_removed_filter_takes_no_later_one_with_it(opened, network):
    for step in (0, ("q", "people")):
        use(opened, step)
        network.release()
    use(opened, 2)
    opened.get_by_role("link", name="Remove with the words “people”").click()
    network.release()
    assert asked(opened) == in_use(opened, [0, 2])
    use(opened, 1)
    opened.get_by_role("link", name="Start again").click()
    network.release()
    assert asked(opened) == []
    assert_all_agree(opened)


def test_the_next_page_is_one_of_the_list_that_is_shown(page, network):
    page.goto("/references/")
    page.get_by_role("link", name="Next").click()
    network.release()
    assert page.url.endswith("/references/?page=2")
    assert_all_agree(page)
    # Of a list that is about to be another one, nobody has seen the first page.
    page.locator("#type-report").click()
    page.get_by_role("link", name="Next").click()
    network.release()
    assert page.url.endswith("/references/?type=report")
    assert_all_agree(page)


@ON_BOTH_LISTS
def test_back_and_forward_lead_to_the_lists_that_were_shown(opened, network):
    for step in (0, ("q", "people"), 2):
        use(opened, step)
        network.release()
    shown = [in_use(opened, steps) for steps in ([0], [0, ("q", "people")])]
    opened.go_back()
    opened.go_back()
    network.release()
    assert asked(opened) == shown[0]
    assert_all_agree(opened)
    opened.go_forward()
    # Before its list has come.
    use(opened, 1)
    network.release()
    assert asked(opened) == in_use(opened, [0, ("q", "people"), 1])
    assert_all_agree(opened)
    opened.go_back()
    network.release()
    assert asked(opened) == shown[1]
    assert_all_agree(opened)


def test_a_case_that_is_opened_while_a_list_loads_is_left_to_the_list_before(
    opened, network
):
    use(opened, 0)
    network.release()
    use(opened, 1)
    opened.locator("#list").get_by_role("link").first.click()
    network.release()
    opened.go_back()
    assert asked(opened) == in_use(opened, [0])
    assert_all_agree(opened)


def test_what_is_chosen_before_the_scripts_come_counts(page, address):
    held = []
    page.route("**/htmx*.js", lambda route: held.append(route))
    page.goto(address, wait_until="commit")
    page.locator(f"#{VALUES[address][0]}").click()
    [script] = held
    script.continue_()
    page.wait_for_url("**=**")
    assert asked(page) == in_use(page, [0])
    expect(page.locator("#finder.htmx-request")).to_have_count(0)
    assert_all_agree(page)


@ON_BOTH_LISTS
def test_a_list_that_is_lost_says_so_and_can_be_asked_for_again(new_page, address):
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
    assert asked(page) == in_use(page, [0])
    assert_all_agree(page)


@pytest.mark.parametrize(("address", "seed"), [*zip(cycle(VALUES), range(4))])
def test_any_steps_in_any_order_leave_all_in_agreement(opened, network, seed):
    # A fixed choice for each seed, so that a failure can be looked at again.
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
        elif step == "back" and asked(opened):
            opened.go_back()
        elif not isinstance(step, str):
            use(opened, step)
    network.release()
    assert_all_agree(opened)
