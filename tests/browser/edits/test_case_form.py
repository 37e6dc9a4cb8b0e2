"""The form of a case, in a real browser."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def case(new_page, signed_in):
    """Open the page of a case at the desk."""
    page = new_page(storage_state=signed_in)
    page.goto("/admin/initiatives/initiative/")
    page.get_by_role("link", name="PRESENT, East Dunbartonshire").click()
    page.wait_for_load_state()
    return page


def headings(case):
    return case.locator(
        "#findings-group .has_original > details > summary"
    ).all_inner_texts()


def save(case):
    case.click("[name=_continue]")
    expect(case.locator(".messagelist")).to_contain_text("changed successfully")
    case.wait_for_load_state()


def choose(case, field, words):
    """Type into an autocomplete field and choose the first option with these words."""
    field.locator(".select2-selection").click()
    # The field gets the focus a moment later.
    case.locator(".select2-container--open .select2-search__field").press_sequentially(
        words
    )
    offers = case.locator(".select2-results__option")
    offers.filter(has_text=words).first.click()


def test_a_finding_is_added_with_two_sources(case):
    before = headings(case)
    case.click("#findings-group .add-row a")
    row = case.locator(f"#findings-{len(before)}")
    row.locator("[name$=kind]").select_option("barrier")
    offered = row.locator("[name$=concept] optgroup:not([hidden])")
    assert offered.evaluate_all("groups => groups.map(g => g.label)") == ["Barrier"]
    row.locator("[name$=concept]").select_option(index=1)
    row.locator("[name$=statement]").fill("Neighbours did not trust the council.")
    row.locator("[name$=direction]").select_option("mixed")
    choose(case, row.locator(".field-strategies"), "ending")
    row.locator("[data-add-source]").click()
    for i, words in enumerate(["bovaird", "boyle"]):
        source = row.locator(".source").nth(i)
        choose(case, source, words)
        source.locator("[name$=via]").select_option("primary")
    save(case)
    assert headings(case)[:-1] == before
    assert headings(case)[-1].endswith("Neighbours did not trust the council.")
    added = case.locator(f"#findings-{len(before)}")
    added.locator("> details > summary").click()
    expect(added.locator(".source")).to_have_count(2)


def test_findings_are_moved_by_keyboard_and_deleted(case):
    _, second, third, *rest = headings(case)
    case.locator("#findings-2 [data-move=up]").focus()
    case.keyboard.press("Enter")
    case.keyboard.press("Enter")
    case.locator("#findings-0 > details > summary").click()
    case.locator("#findings-0").get_by_label("Delete").last.check()
    save(case)
    assert headings(case) == [third, second, *rest]


def test_a_blank_row_is_ignored(case):
    before = headings(case)
    case.click("#findings-group .add-row a")
    case.locator("#findings-1 > details > summary").click()
    case.locator("#findings-1 [data-add-source]").click()
    save(case)
    assert headings(case) == before


def test_the_summary_of_errors_leads_into_folded_rows(case):
    case.fill("[name=name]", "")
    case.locator("#findings-0 > details > summary").first.click()
    case.fill("[name=findings-0-statement]", "")
    case.click("[name=_continue]")
    summary = case.locator(".error-summary")
    expect(summary).to_be_focused()
    case.keyboard.press("Tab")
    expect(summary.get_by_role("link").first).to_be_focused()
    case.keyboard.press("Tab")
    case.keyboard.press("Enter")
    expect(case.locator("[name=findings-0-statement]")).to_be_focused()
    expect(case.locator("label[for=id_findings-0-statement]")).to_be_in_viewport()
    expect(case.locator("#findings-0 .errorlist").first).to_be_in_viewport()


def test_a_chosen_place_fills_in_the_coordinates(case):
    case.fill("[name=locality]", "Glasgow")
    case.fill("[name=latitude]", "")
    case.get_by_role("button", name="Find the place").click()
    expect(case.locator("[name=latitude]")).to_be_in_viewport()
    case.locator("[name=_place]").first.click()
    expect(case.locator("[name=latitude]")).to_have_value(re.compile(r"55\.8"))
    expect(case.locator("[name=longitude]")).to_have_value(re.compile(r"-4\.2"))


def test_enter_saves_and_does_not_search_for_a_place(case):
    case.fill("[name=region]", "Scotland")
    case.locator("[name=region]").press("Enter")
    expect(case.locator(".messagelist")).to_contain_text("changed successfully")


def test_the_form_of_a_finding_depends_on_its_kind(case):
    n = len(headings(case))
    case.click("#findings-group .add-row a")
    row = case.locator(f"#findings-{n}")
    kind, direction = row.locator("[name$=kind]"), row.locator("[name$=direction]")
    response, unit = row.locator("[name$=response]"), row.locator("[name$=figure_unit]")
    expect(response).to_be_hidden()
    expect(direction).to_have_value("")
    kind.select_option("outcome")
    expect(unit).to_be_visible()
    direction.select_option("neutral")
    kind.select_option("barrier")
    expect(response).to_be_visible()
    expect(unit).to_be_hidden()
    expect(direction).to_have_value("")
    response.fill("The council came to them.")
    kind.select_option("outcome")
    expect(response).to_be_visible()
