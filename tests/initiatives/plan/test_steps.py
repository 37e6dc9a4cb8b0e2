"""The page of a step: answers, checklists, quotes, and who wins."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from casebase.kept.models import Kept
from tests.desk import count_queries
from tests.factories import FormerSlugFactory
from tests.initiatives.plan.world import (
    MAP_QUESTIONS,
    Reader,
    create_barrier,
    create_case,
    create_finding,
    create_steps,
    saved,
    start_plan,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def texts(kept):
    """Return question → text, as they are stored."""
    answers = saved(kept, "map-it").get("answers", [])
    return {each["question"]: each.get("text", "") for each in answers}


def test_answers_and_ticks_are_saved_and_lead_on(reader, kept):
    assertContains(reader.page, "What this term means.")
    assertContains(reader.page, "<h1", count=1)
    page = reader.post(answer__0="Neighbours", _actions=["Draw a map"], _go="1")
    assertRedirects(page, f"/plan/{kept.token}/grow-it/")
    assert texts(kept) == {MAP_QUESTIONS[0]: "Neighbours"}
    assert saved(kept, "map-it")["actions"] == ["Draw a map"]
    reader.get("map-it/")
    assert ">Neighbours</textarea>" in reader.text
    assert 'value="Draw a map" checked' in reader.text
    assert 'Map it<span class="visually-hidden">: begun' in reader.text
    assert 'Grow it<span class="visually-hidden">: empty' in reader.text


def test_after_the_last_step_comes_the_table(client, kept):
    reader = Reader(client, kept.token)
    reader.get("grow-it/")
    assert reader.post(_go="1")["Location"].endswith("/table/")
    reader.get("grow-it/")
    assert client.get(f"/plan/{kept.token}/fog-it/").status_code == 404


def test_the_same_form_sent_twice_changes_nothing(reader, kept):
    for _ in range(2):
        assert reader.post(answer__0="Neighbours").status_code == 302
    assert Kept.objects.get().section("map-it").version == 1


def test_an_emptied_answer_is_none(reader, kept):
    reader.post(answer__0="Neighbours")
    reader.get("map-it/")
    reader.post(answer__0=" ")
    assert saved(kept, "map-it") == {}


def test_a_step_that_was_renamed_has_what_was_written(client, reader, kept, steps):
    reader.post(answer__0="Neighbours")
    steps[0].slug = "chart-it"
    steps[0].save()
    FormerSlugFactory(concept=steps[0], slug="map-it")
    assert "Neighbours" in client.get(f"/plan/{kept.token}/print/").text
    for address in ("map-it/", "chart-it/"):
        reader.get(address)
        assert ">Neighbours</textarea>" in reader.text
        assert 'Map it<span class="visually-hidden">: begun' in reader.text
    assertRedirects(
        reader.post(answer__1="Bees", _go="1"), f"/plan/{kept.token}/grow-it/"
    )
    assert saved(kept, "map-it") is None
    assert Kept.objects.get().section("chart-it").version == 2


def test_what_the_codebook_no_longer_asks_stays(reader, kept, steps):
    reader.post(answer__0="Neighbours", _actions=["Ask around"])
    steps[0].questions, steps[0].actions = ["Anything new?"], []
    steps[0].save()
    reader.get("map-it/")
    assertContains(reader.page, "The codebook does not ask this any more")
    assertContains(reader.page, "no longer in the codebook")
    reader.post(answer__0="Much", answer__1="Neighbours!", _actions=["Ask around"])
    assert texts(kept) == {"Anything new?": "Much", MAP_QUESTIONS[0]: "Neighbours!"}
    page = reader.client.get(f"/plan/{kept.read_token}/map-it/")
    assertContains(page, "☑ Ask around")


def test_control_characters_and_markup_are_only_text(reader, kept):
    reader.post(answer__0="<script>alert(1)</script>\x00\x1b\ufffe\r\n=1+1")
    assert texts(kept)[MAP_QUESTIONS[0]] == "<script>alert(1)</script>\n=1+1"
    page = reader.get("map-it/")
    assertContains(page, "&lt;script&gt;alert")
    assertNotContains(page, "<script>alert")


def test_what_somebody_else_saved_stands_beside(client, reader, kept):
    other = Reader(client, kept.token)
    other.get("map-it/")
    other.post(answer__0="Theirs", _outputs=["A map"])
    page = reader.post(answer__0="Ours", answer__1="Only ours")
    assert page.status_code == 409
    assert texts(kept) == {MAP_QUESTIONS[0]: "Theirs"}
    for words in ("Ours</textarea>", "<p>Theirs</p>", "Only ours", "<p>A map</p>"):
        assert words in reader.text
    # Saving again decides.
    reader.fields = {**reader.fields, "_version": "1"}
    assert 'name="_version" value="1"' in reader.text
    assert reader.post(answer__0="Both").status_code == 302
    assert texts(kept) == {MAP_QUESTIONS[0]: "Both"}


def test_two_people_on_two_pages_do_not_disturb_each_other(client, reader, kept):
    other = Reader(client, kept.token)
    other.get("grow-it/")
    assert other.post(answer__0="The next town").status_code == 302
    assert reader.post(answer__0="Neighbours").status_code == 302
    assert {"map-it", "grow-it"} <= Kept.objects.get().contents.keys()


def test_a_script_saves_and_learns_of_the_version(client, reader, kept):
    assert reader.post(answer__0="Neigh", _auto="1").json() == {"version": 1}
    page = reader.post(answer__0="Neighbours", _auto="1")
    assert page.status_code == 409
    assert "you see both texts" in page.json()["problem"]
    assert texts(kept) == {MAP_QUESTIONS[0]: "Neigh"}


@pytest.mark.parametrize("version", ["x", "²", "1" * 12, ""])
def test_a_broken_version_never_overwrites(reader, kept, version):
    reader.fields["_version"] = version
    assert reader.post(answer__0="Neighbours").status_code == 409
    assert saved(kept, "map-it") is None


def test_a_text_that_is_too_long_stays_on_the_form(reader, kept):
    page = reader.post(answer__0="short", answer__1="ł" * 20_001)
    assertContains(page, "It is too long: 20,000 characters", status_code=400)
    assertContains(page, 'aria-describedby="error-1"', status_code=400)
    assert saved(kept, "map-it") is None
    page = reader.post(_actions=["a"] * 51)
    assert page.status_code == 400
    page = reader.post(answer__0="short", _question__0="q" * 20_001)
    assert page.status_code == 400


def test_a_plan_that_is_too_large_is_not_saved(reader, kept, monkeypatch):
    monkeypatch.setattr("casebase.kept.models.MAX_BYTES", 200)
    page = reader.post(answer__0="ł" * 300)
    assertContains(page, "Shorten the longest texts", status_code=400)
    assertContains(page, "ł" * 300, status_code=400)
    assert 'name="_version" value="0"' in reader.text
    assert saved(kept, "map-it") is None


def test_what_was_typed_comes_back_if_the_plan_was_deleted(reader):
    Kept.objects.all().delete()
    page = reader.post(answer__0="Neighbours & friends")
    assertContains(page, "Neighbours &amp; friends</textarea>", status_code=404)
    assertNotContains(page, MAP_QUESTIONS[0], status_code=404)


def test_a_table_that_is_full_says_so(reader, kept, monkeypatch):
    monkeypatch.setattr("initiatives.plan.table_rows.MAX_ROWS", 0)
    page = reader.post(_row=create_finding(term=create_barrier()).short_id)
    assert "done=full" in page["Location"]
    assertContains(reader.client.get(page["Location"]), "The table is full")


def test_the_read_link_shows_everything_and_no_form(reader, kept, steps):
    finding = create_finding(steps[0], statement="They drew a map.")
    reader.post(_use=finding.short_id, answer__1="Idle hands", _actions=["Ask around"])
    client, address = reader.client, f"/plan/{kept.read_token}/map-it/"
    page = client.get(address)
    for words in ("They drew a map.", "Idle hands", "☑ Ask around", "☐ Draw a map"):
        assertContains(page, words)
    assertNotContains(page, 'plan-form" method')
    assertNotContains(page, kept.token)
    assert page["Referrer-Policy"] == "no-referrer"
    assert client.post(address, {"answer-0": "x"}).status_code == 403


def test_opening_changes_nothing(reader, kept):
    before = Kept.objects.values().get()
    for path in (
        "map-it/",
        "start/",
        "table/",
        "links/",
        "table/new/",
        "links/?ask=delete",
    ):
        for method in (reader.client.get, reader.client.head):
            assert method(f"/plan/{kept.token}/{path}").status_code == 200
    assert Kept.objects.values().get() == before


def test_a_large_plan_says_how_much_room_there_is(reader, kept):
    reader.post(answer__0="x" * 20_000, answer__1="x" * 20_000)
    assertNotContains(reader.get("map-it/"), "larger than most")
    other = Reader(reader.client, kept.token)
    other.get("grow-it/")
    other.post(answer__0="x" * 20_000)
    other.get("start/")
    other.post(service="x" * 20_000)
    assertContains(other.get("start/"), "room for about 119 kB more")


@pytest.mark.django_db(transaction=True)
def test_outside_of_tests_a_page_takes_few_queries(client):
    steps = create_steps()
    create_finding(steps[0], initiative=create_case("Radars", settlement="rural"))
    address = f"/plan/{start_plan(settlement='rural').token}/map-it/"
    assert count_queries(lambda: client.get(address)) <= 8
