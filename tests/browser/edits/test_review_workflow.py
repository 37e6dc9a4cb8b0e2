"""A case from draft to published, in the browsers of two people and of a reviewer."""

import pytest
from playwright.sync_api import expect

from tests.browser.display_settings import each_color_scheme
from tests.browser.server import run_script

CHAIR = "the desk by the window"
CASE = "PRESENT, East Dunbartonshire"
# Ada writes and Ben reviews; the case lacks a place, a summary and a source.
SEED = f"""
from django.contrib.auth.models import Group, User
from initiatives.models import Initiative
for name, group in (("ada", "Contributors"), ("ben", "Curators")):
    user = User.objects.create_user(name, password="{CHAIR}", is_staff=True)
    user.groups.add(Group.objects.get(name=group))
case = Initiative.objects.get(name="{CASE}")
case.status, case.summary, case.locality, case.region = "draft", "", "", ""
case.published_on = None
case.save()
case.findings.all()[3].sources.all().delete()
"""


GAPS = [
    "A published case needs a country, and a locality or region.",
    "A published case needs a summary.",
    "This finding is without a source.",
]


@pytest.fixture(scope="module", autouse=True)
def people_and_case(site, folder):
    run_script(folder, SEED)


def sign_in_as(page, name):
    """Sign in as this person and open the case at the desk."""
    page.goto("/admin/")
    page.fill("[name=username]", name)
    page.fill("[name=password]", CHAIR)
    page.click("[type=submit]")
    page.goto("/admin/initiatives/initiative/?q=dunbartonshire")
    page.get_by_role("link", name=CASE).click()
    page.wait_for_load_state()
    return page


def focused_field(page):
    """Return the id of the focused field; select2 focuses an element after it."""
    return page.evaluate(
        """() => {
            const at = document.activeElement;
            const beside = at.closest(".select2-container")?.previousElementSibling;
            return (beside ?? at).id;
        }"""
    )


def follow_gaps(page):
    """Follow each link to a gap by keyboard; return the texts of the links."""
    links = page.locator(".gaps:not(.could-be-better) a")
    for link in links.all():
        field = link.get_attribute("href").removeprefix("#")
        link.focus()
        page.keyboard.press("Enter")
        expect(page.locator(":focus")).to_be_in_viewport()
        assert focused_field(page) == field
    return links.all_inner_texts()


def fill_gaps(page):
    page.fill("#id_locality", "Kirkintilloch")
    page.fill("#id_summary", "People with dementia shape what is done for them.")
    page.locator("#findings-3 > details > summary").click()
    source = page.locator("#findings-3 .source")
    source.locator(".select2-selection").click()
    search = page.locator(".select2-container--open .select2-search__field")
    search.press_sequentially("bovaird")
    page.locator(".select2-results__option").filter(has_text="bovaird").first.click()
    source.locator("[name$=via]").select_option("primary")


def take_step(page, label, words=""):
    page.get_by_role("button", name=f"Save, then {label.lower()} …").click()
    if words:
        page.get_by_role("textbox").last.fill(words)
    page.get_by_role("button", name=label, exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("was ")


def create_preview_link(page):
    """Create a preview link; return its address."""
    page.get_by_label("For whom").fill("Prof Grosser")
    page.get_by_role("button", name="Make a link").click()
    return page.locator(".preview-address").get_attribute("href")


def test_a_case_goes_from_draft_to_published_by_two_people(new_page):
    ada = sign_in_as(new_page(), "ada")
    gaps = [words.rpartition(": ")[2] for words in follow_gaps(ada)]
    assert gaps == GAPS
    outside = new_page(javascript=False)
    outside.goto(create_preview_link(ada))
    expect(outside.get_by_role("heading", level=1)).to_have_text(CASE)
    expect(outside.get_by_label("Preview")).to_contain_text("not public yet")

    fill_gaps(ada)
    take_step(ada, "Submit for review")
    assert not ada.locator("[name=_move]").count()
    # Steps need no script.
    ben = sign_in_as(new_page(javascript=False), "ben")
    take_step(ben, "Send back", "Say who they are.")
    ada.reload()
    ada.get_by_text("How it came here").click()
    expect(ada.locator(".standing")).to_contain_text("Say who they are.")
    take_step(ada, "Submit for review", "They are named in the report.")
    ben.reload()
    take_step(ben, "Publish")
    outside.reload()
    assert outside.url.endswith("/initiatives/present-east-dunbartonshire/")


def test_our_parts_of_the_desk_are_accessible(new_page, axe):
    ben = sign_in_as(new_page(width=360), "ben")

    def check(*within):
        ben.wait_for_load_state()
        for _ in each_color_scheme(ben):
            axe(ben, *within)

    ben.goto("/admin/initiatives/initiative/?status__exact=review")
    ben.locator("#result_list tbody th a").first.click()
    ben.get_by_role("button", name="Make a link").click()
    check(".standing", ".preview-links", ".submit-row")
    ben.get_by_role("button", name="Save, then publish …").click()
    check()
    ben.get_by_role("link", name="Back to the case").click()
    ben.get_by_role("link", name="Preview", exact=True).click()
    check()
