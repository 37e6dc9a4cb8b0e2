"""Beginning a plan: its form, what addresses fill in, links pasted to go on."""

import re

import pytest
from django.conf import settings
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.kept.models import MAX_BYTES, Kept
from initiatives.plan.content import Start
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    FormerSlugFactory,
    RelatedTermFactory,
)
from tests.initiatives.plan.world import (
    SAME_SITE,
    Reader,
    create_barrier,
    create_case,
    create_steps,
    saved,
    start_plan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def begin(client, **fields):
    return client.post("/plan/", fields, headers=SAME_SITE)


def test_the_page_says_whose_the_steps_are(client):
    create_steps()
    definition = "They work out how it is done. The group has more."
    ConceptFactory(scheme="modes", label="Co-design", definition=definition)
    page = client.get("/plan/")
    assertContains(page, "They work out how it is done.</span>")
    assertContains(page, "Governance International")
    assertContains(page, "Write roles, not people")
    assertContains(page, "<h1", count=1)
    assert "public" in page["Cache-Control"]


def test_a_plan_begins_with_its_two_links(client):
    create_steps()
    create_barrier()
    fields = {"title": "Home care", "settlement": "rural", "barriers": ["mistrust"]}
    page = begin(client, **fields)
    kept = Kept.objects.get()
    assert kept.contents["start"] == fields
    assert "no-store" in page["Cache-Control"]
    assert page["Location"].endswith("/map-it/?new=1")
    token = page["Location"].split("/")[2]
    opened = Kept.objects.from_token("plan", token)
    shown = client.get(page["Location"])
    assertContains(shown, f"http://testserver/plan/{token}/")
    assertContains(shown, f"http://testserver/plan/{opened.read_token}/")
    assertContains(shown, opened.kept_until.strftime("%Y"))


def test_a_blank_plan_begins_too_and_without_steps_at_the_table(client):
    page = begin(client)
    assert page["Location"].endswith("/table/?new=1")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"title": "x" * 501}, "It has 501 characters, and 500 are kept."),
        ({"settlement": "moon"}, "“moon” is none of these."),
        ({"barriers": ["fog"]}, "“fog” is not a barrier of the codebook."),
        ({"people": "ł" * 20_001}, "It has 20001 characters"),
    ],
)
def test_what_can_not_be_kept_is_said_and_the_text_stays(client, fields, words):
    page = begin(client, to_find_out="Still here", **fields)
    assertContains(page, words, status_code=400)
    assertContains(page, "Still here", status_code=400)
    assert not Kept.objects.exists()


def test_a_plan_that_is_too_large_does_not_begin(client, monkeypatch):
    monkeypatch.setattr("casebase.kept.models.MAX_BYTES", 100)
    page = begin(client, service="y" * 200)
    assertContains(page, "are kept. Shorten the longest texts", status_code=400)
    assert MAX_BYTES == 200_000


def test_forms_of_other_sites_begin_nothing():
    client = Client(enforce_csrf_checks=True)
    page = client.post("/plan/", {}, headers={"sec-fetch-site": "cross-site"})
    assert page.status_code == 403
    assert not Kept.objects.exists()


def test_there_is_a_limit_for_an_hour(client, monkeypatch):
    monkeypatch.setattr(settings, "KEPT_PER_ADDRESS", 1)
    statuses = [begin(client).status_code for _ in range(2)]
    assert statuses == [302, 429]
    # Who goes back finds the texts in the form: browsers forget them if it is “off”.
    [form] = re.findall("<form.*plan-form.*", client.get("/plan/").text)
    assert "autocomplete" not in form


def test_an_address_fills_the_form_in_and_what_is_unknown_is_named(client):
    create_barrier()
    ConceptFactory(slug="stigma", label="Stigma")
    ConceptFactory(scheme="risks", slug="blame", label="Blame")
    query = "barrier=mistrust&barrier=fog&risk=blame&settlement=moon&reach=nation"
    page = client.get(f"/plan/?{query}&country=DE&q=tea&case=none&mode=%00")
    assertContains(page, 'value="mistrust" checked')
    assertContains(page, 'value="blame" checked')
    assertNotContains(page, 'value="stigma" checked')
    assertContains(page, '<option value="nation" selected>')
    assertContains(page, '<option value="DE" selected>')
    for words in ("case: none", "barrier: fog", "settlement: moon", "q: tea"):
        assertContains(page, words)
    assertContains(page, "noindex")


def test_a_case_fills_the_form_in_with_what_is_known_of_it(client):
    area = ConceptFactory(scheme="service-areas", slug="older-people")
    case = create_case("Radars", settlement="city", country="ES", service_areas=[area])
    FindingFactory.create_batch(
        2, initiative=case, kind="barrier", concept=create_barrier()
    )
    page = client.get("/plan/?case=radars&country=IT")
    assertContains(page, "Filled in from")
    assertContains(page, 'value="older-people" checked')
    assertContains(page, 'value="mistrust" checked')
    assertContains(page, '<option value="city" selected>')
    # What the address says itself comes before the case.
    assertContains(page, '<option value="IT" selected>')


def test_several_cases_fill_in_all_terms_and_what_their_places_share(client):
    area = ConceptFactory(scheme="service-areas", slug="older-people")
    radars = create_case("Radars", country="ES", settlement="city")
    bees = create_case("Bees", country="ES", settlement="rural", service_areas=[area])
    create_case("Gone", country="IT", status="withdrawn", status_note="On request.")
    FormerSlugFactory(initiative=bees, slug="hives")
    mistrust, stigma = create_barrier(), create_barrier("stigma", "Stigma")
    for case, barrier in ((radars, mistrust), (bees, mistrust), (bees, stigma)):
        FindingFactory(initiative=case, kind="barrier", concept=barrier)
    page = client.get("/plan/?case=radars&case=hives&case=bees&case=gone&case=fog")
    assert page.context["prefill"].start == Start(
        country="ES", service_areas=["older-people"], barriers=["mistrust", "stigma"]
    )
    assertContains(page, "Filled in from 2 cases")
    assertContains(page, "not known here: case: gone, case: fog.")


def test_near_a_barrier_stand_its_related_terms(client):
    mistrust, stigma = create_barrier(), create_barrier("stigma", "Stigma")
    strategy = ConceptFactory(scheme="strategies", label="Outreach")
    for other in (stigma, strategy):
        RelatedTermFactory(concept=mistrust, other=other)
    page = client.get("/plan/")
    assertContains(page, "Near this", count=1)
    assertContains(page, '<a href="#barriers-stigma">Stigma</a>')
    assertNotContains(page, "Outreach")


def test_headings_can_be_chosen_only_by_addresses(client):
    ConceptFactory(slug="inside", label="Inside", is_heading=True)
    assertNotContains(client.get("/plan/"), 'value="inside"')
    assertContains(client.get("/plan/?barrier=inside"), 'value="inside" checked')


def test_a_pasted_link_leads_to_its_plan(client):
    kept = start_plan()
    for link in (f"https://here.example/plan/{kept.token}/table/", f" {kept.token} "):
        page = client.post("/plan/", {"_link": link}, headers=SAME_SITE)
        assertRedirects(page, f"/plan/{kept.token}/", fetch_redirect_response=False)
    for link, words in (
        (f"/plan/{'0' * 32}/", "leads to no plan any more"),
        ("<b>tea</b>", "This is no link of a plan"),
    ):
        page = client.post("/plan/", {"_link": link}, headers=SAME_SITE)
        assertContains(page, words, status_code=400)
    assertContains(page, "&lt;b&gt;tea", status_code=400)


def test_the_start_is_saved_and_leads_on(client):
    create_steps()
    create_barrier()
    kept = start_plan(is_template=True)
    reader = Reader(client, kept.token)
    reader.get("start/")
    page = reader.post(title="Bus", barriers="mistrust", _go="1")
    assertRedirects(page, f"/plan/{kept.token}/map-it/")
    # What the form does not ask for stays.
    expected = {"title": "Bus", "barriers": ["mistrust"], "is_template": True}
    assert saved(kept, "start") == expected
    reader.get("start/")
    assert reader.post(title="Train")["Location"].endswith("?done=saved")
    assertContains(client.get(f"/plan/{kept.token}/start/?done=saved"), "Saved.")


def test_a_start_that_somebody_else_saved_shows_both(client):
    create_barrier()
    kept = start_plan()
    ours, theirs = Reader(client, kept.token), Reader(client, kept.token)
    ours.get("start/")
    theirs.get("start/")
    theirs.post(title="Home care", settlement="rural", barriers="mistrust")
    page = ours.post(title="Home care", people="Widows", settlement="town")
    assert page.status_code == 409
    for words in ("Widows", "Rural area", "Mistrust", "They left it empty"):
        assert words in ours.text
    assert saved(kept, "start")["settlement"] == "rural"
    assert ours.post(_auto="1").json()["problem"].startswith("Somebody else")
    ours.get("start/")
    assert ours.post(title="Mine", _auto="1").json() == {"version": 3}
    assert saved(kept, "start") == {"title": "Mine"}


def test_a_start_that_is_wrong_or_too_large_is_not_saved(client, monkeypatch):
    kept = start_plan()
    reader = Reader(client, kept.token)
    reader.get("start/")
    page = reader.post(title="x" * 501, people="Widows")
    assertContains(page, "Widows", status_code=400)
    monkeypatch.setattr("casebase.kept.models.MAX_BYTES", 100)
    page = reader.post(title="Home care", people="Widows" * 50)
    assertContains(page, "Shorten the longest texts", status_code=400)
    assert saved(kept, "start") == {"title": "Home care"}


def test_those_with_the_read_link_read_the_start(client):
    create_barrier()
    kept = start_plan(barriers=["mistrust", "forgotten"], reach="nation")
    page = client.get(f"/plan/{kept.read_token}/start/")
    for words in ("Mistrust", "National", "read link"):
        assertContains(page, words)
    assertNotContains(page, "<textarea")
    assertNotContains(page, kept.token)
    assert client.post(f"/plan/{kept.read_token}/start/").status_code == 403
