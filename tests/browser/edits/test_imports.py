"""A curator imports a sheet with errors, and works, and merges two of these."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests.browser.display_settings import each_setting

SHEETS = settings.BASE_DIR / "fixtures/initiatives"
MISTAKES = {
    "service_areas: [older-people": "service_areas: [old-people",
    "term: co-design": "term: co-desing",
    "- ref: christie-2014": "- ref: christie-2041",
}
BIBTEX = """
@report{dreyer-2011, title = {A Report that Nobody Wrote}, year = {2020}}
@book{made-2020, title = {A Book that Nobody Wrote}, year = {2020}}
"""


@pytest.fixture(params=[True, False], ids=["with-scripts", "without"])
def desk(new_page, signed_in, request):
    return new_page(javascript=request.param, storage_state=signed_in)


def build_sheet(mistakes):
    """Return the sheet of a new draft with these mistakes."""
    text = (SHEETS / "present-east-dunbartonshire.yaml").read_text()
    text = text.replace("slug: present-east", "slug: absent-west")
    text = text.replace("name: PRESENT, East", "name: ABSENT, West")
    text = text.replace("status: published", "status: draft")
    text = re.sub(r"(published_on|revised_on): \S+", r"\1: null", text)
    text = re.sub(r"- id: f\w+\n +", "- ", text)
    for right, wrong in mistakes.items():
        assert right in text
        text = text.replace(right, wrong, 1)
    return text


def upload_sheet(desk, text):
    desk.goto("/admin/")
    desk.get_by_role("link", name="Import cases").click()
    desk.get_by_role("link", name="Cases", exact=True).click()
    sheet = {"name": "absent.yaml", "mimeType": "text/yaml", "buffer": text.encode()}
    desk.set_input_files("[name=files]", [sheet])
    desk.get_by_role("button", name="Preview the import").click()


def test_a_sheet_is_corrected_and_imported_and_the_import_undone(desk):
    wrong = build_sheet(MISTAKES)
    upload_sheet(desk, wrong)
    errors = desk.locator("#content-main tr")
    expect(errors).to_have_count(1 + len(MISTAKES))
    for number, mistake in enumerate(MISTAKES.values(), start=1):
        line = wrong[: wrong.index(mistake)].count("\n") + 1
        expect(errors.nth(number)).to_contain_text(f"absent.yaml{line}")
    upload_sheet(desk, build_sheet({}))
    expect(desk.get_by_role("status")).to_contain_text("1 new, 0 changed")
    desk.get_by_role("button", name="Confirm the import").click()
    desk.get_by_role("link", name="ABSENT, West").click()
    expect(desk).to_have_url(re.compile("absent-west-dunbartonshire|/change/"))
    desk.go_back()
    desk.get_by_role("button", name="Undo the import").click()
    expect(desk.locator(".messagelist")).to_contain_text("The import is undone.")
    desk.goto("/admin/initiatives/initiative/?q=absent")
    expect(desk.get_by_role("link", name="ABSENT, West")).to_have_count(0)


def test_works_are_imported_and_an_import_is_undone(desk):
    desk.goto("/admin/bring-in/works/")
    desk.get_by_label("Pasted").fill(BIBTEX)
    desk.get_by_role("button", name="Preview the import").click()
    alike = desk.locator("section", has_text="A Report that Nobody Wrote")
    expect(alike).to_contain_text("same key")
    alike.get_by_label("Skip it").check()
    desk.get_by_role("button", name="Import the chosen works").click()
    expect(desk.get_by_role("status")).to_contain_text("1 new, 0 changed, 1 skipped")

    merge_and_undo(desk)
    desk.goto("/admin/bring-in/")
    desk.get_by_role("link", name="Pasted works").first.click()
    desk.get_by_role("button", name="Undo the import").click()


def merge_and_undo(desk):
    """Merge the two works of 2020, and undo the merge."""
    desk.goto("/admin/references/reference/?q=2020")
    boxes = desk.locator(".action-select")
    for box in (boxes.nth(0), boxes.nth(1)):
        box.check()
    actions = desk.locator("[name=action]").first
    actions.select_option(label="Merge two selected records")
    desk.locator("[name=index]").first.click()
    address = desk.url
    desk.get_by_role("button", name="Merge the records").click()
    desk.get_by_role("button", name="Undo the merge").click()
    expect(desk.locator(".messagelist")).to_contain_text("The merge is undone")
    desk.goto(address)
    expect(desk.get_by_role("button", name="Merge the records")).to_be_visible()


LIST_PAGES = ["history/edit", "suggestions/suggestion", "initiatives/initiative"]


def draft_suggestion(desk):
    """Send a suggestion and accept it; return the address of its page."""
    desk.goto("/initiatives/streetwatchers-weyhe/suggest/")
    desk.get_by_label("What is wrong or missing?").fill("It was 15.")
    desk.get_by_role("button", name="Send the suggestion").click()
    desk.goto("/admin/suggestions/suggestion/?state=waiting")
    desk.locator("#result_list tbody th a").first.click()
    desk.get_by_role("button", name="Accept").click()
    expect(desk.get_by_role("button", name="Save the draft")).to_be_visible()
    return desk.url


def find_comparison(desk):
    """Return the address at which two works are compared."""
    desk.goto("/admin/references/reference/?q=2020")
    keys = desk.locator(".action-select").evaluate_all("all => all.map(b => b.value)")
    return f"/admin/merge/works/?keep={keys[0]}&drop={keys[1]}"


def find_history(desk):
    """Return the address of the history of a case."""
    desk.goto("/admin/initiatives/initiative/?q=weyhe")
    desk.locator("#result_list tbody th a").click()
    return f"{desk.url.partition('change/')[0]}history/"


def upload_files(desk):
    """Yield addresses of previews: cases with and without mistakes, and works."""
    for mistakes in (MISTAKES, {}):
        upload_sheet(desk, build_sheet(mistakes))
        yield desk.url
    desk.goto("/admin/bring-in/works/")
    desk.get_by_label("Pasted").fill(BIBTEX)
    desk.get_by_role("button", name="Preview the import").click()
    yield desk.url


def open_details(desk):
    desk.locator("details").evaluate_all("all => all.forEach(d => d.open = true)")


def test_axe_finds_nothing(new_page, signed_in, axe):
    desk = new_page(storage_state=signed_in)
    addresses = ["/admin/", "/admin/bring-in/", "/admin/bring-in/findings/"]
    addresses += [
        "/admin/merge/",
        "/admin/system/",
        find_comparison(desk),
        draft_suggestion(desk),
        *upload_files(desk),
    ]
    addresses += [versions := find_history(desk), f"{versions}compare/?from=1&to=1"]
    for address in addresses:
        desk.goto(address)
        open_details(desk)
        for rules in each_setting(desk):
            axe(desk, rules=rules)
    for address in LIST_PAGES:
        desk.goto(f"/admin/{address}/")
        open_details(desk)
        for rules in each_setting(desk):
            # Django's own search box has no visible label.
            axe(desk, "#changelist-filter", rules=rules)


def test_a_list_has_room_beside_the_menu(new_page, signed_in):
    desk = new_page(width=768, storage_state=signed_in)
    desk.goto("/admin/initiatives/initiative/")
    assert desk.locator("#changelist-form").bounding_box()["width"] > 768 / 2
