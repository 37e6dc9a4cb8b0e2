"""The page of the reader’s own shortlist, and the form that changes it."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from initiatives.shortlist.cookies import pack
from tests.factories import InitiativeFactory
from tests.initiatives.shortlist.keeping import (
    change,
    ids,
    letters,
    more_works,
    press,
)

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def own(client):
    return client.get("/shortlist/")


def notes(client):
    return own(client).context["page"].shortlist.notes


def test_an_empty_one_says_what_it_is_for(client):
    page = own(client)
    assertContains(page, "Nothing is on it yet")
    assertContains(page, "Get a link")
    assertNotContains(page, "Take it away</h2>")


def test_it_shows_what_is_kept_and_where_it_leads(client, kept):
    page = own(client)
    assertContains(page, "1 case, 1 statement and 1 work")
    assertContains(page, "They were not trusted.")
    assertContains(page, "They met.")
    assertContains(page, 'href="/references/?cited=weyhe"')
    assertContains(page, f"/shortlist/citations/?items={'.'.join(kept)}")
    assertContains(page, f"/shortlist/cases/geojson/?items={kept[0]}")
    assertContains(page, f"/shortlist/findings/xlsx/?items={kept[1]}")
    assertContains(page, 'href="/compare/?case=weyhe"')
    assertContains(page, 'href="/plan/?case=weyhe"')
    assertContains(page, 'href="/shortlist/handout/"')
    assertContains(page, 'name="robots" content="noindex"')
    assert page["Cache-Control"] == "private, no-store"
    assert [entry.item.id for entry in page.context["page"].entries] == kept
    assertNotContains(page, 'id="keep"')


def test_two_to_four_cases_are_compared_and_of_more_some_are_chosen(client):
    cases = InitiativeFactory.create_batch(5)
    client.cookies["shortlist"] = ".".join(f"c{case.pk}" for case in cases[:2])
    slugs = "&amp;".join(f"case={case.slug}" for case in cases[:2])
    assertContains(own(client), f'href="/compare/?{slugs}"')
    client.cookies["shortlist"] = ".".join(f"c{case.pk}" for case in cases)
    page = own(client)
    assertContains(page, "Choose two to four")
    assertContains(page, 'type="checkbox" name="case"', 5)


def test_order_notes_and_places_are_saved_by_any_button(client, kept):
    case, finding, work = kept
    answer = change(client, f"down-{case}", _item=kept, **{f"note-{work}": "Read"})
    assert answer["Location"] == f"/shortlist/?focus=down-{case}"
    assert ids(client) == [finding, case, work]
    assert notes(client) == {work: "Read"}
    page = client.get(answer["Location"])
    assertContains(page, f'value="down-{case}" autofocus')
    change(client, f"up-{case}", _item=ids(client))
    assert ids(client) == kept
    places = {f"_place-{work}": "1", f"_place-{case}": "x", f"_place-{finding}": "9²"}
    change(client, _item=kept, **places)
    assert ids(client) == [work, case, finding]
    assert notes(client) == {work: "Read"}
    change(client, f"drop-{work}", _item=ids(client))
    assert ids(client) == [case, finding]
    assert notes(client) == {}


@pytest.mark.parametrize("act", ["up", "down", "drop", "empty", "save"])
def test_each_change_can_be_undone_and_done_again(client, kept, act):
    change(client, _item=kept, **{f"note-{kept[1]}": "Before"})
    before = own(client).context["page"].shortlist
    item = f"-{kept[1]}" if act in ("up", "down", "drop") else ""
    more = {f"note-{kept[1]}": "Other"} if act == "save" else {}
    change(client, f"{act}{item}", _item=kept, **more)
    after = own(client).context["page"].shortlist
    assert after != before
    change(client, "undo")
    assert own(client).context["page"].shortlist == before
    change(client, "undo")
    assert own(client).context["page"].shortlist == after


def test_what_was_kept_on_another_page_can_be_undone_and_is_named(client, kept):
    case = InitiativeFactory(name="Night bus")
    press(client, "keep", f"c{case.pk}")
    assertContains(own(client), "“Night bus”: kept.")
    press(client, "drop", f"c{case.pk}")
    assertContains(own(client), "“Night bus”: removed.")
    change(client, "undo")
    assert ids(client) == [*kept, f"c{case.pk}"]


def test_there_is_nothing_to_undo_at_first(client, kept):
    assertNotContains(own(client), 'value="undo"')
    change(client, "undo", _item=kept)
    change(client, "explode-c1", _item=kept)
    change(client, "down-nonsense", _item=kept)
    assert ids(client) == kept
    assertNotContains(own(client), 'value="undo"')


def test_what_another_tab_kept_meanwhile_stays(client, kept):
    [work] = more_works(1)
    shown = [*kept]
    press(client, "keep", f"r{work.pk}")
    press(client, "drop", kept[0])
    change(client, f"up-{kept[2]}", _item=shown)
    assert ids(client) == [kept[2], kept[1], f"r{work.pk}"]


def test_notes_that_do_not_fit_are_given_back(client, kept):
    long = letters(4_000)
    for act in ("save", "empty"):
        answer = change(client, act, _item=kept, **{f"note-{kept[0]}": long})
        assertContains(answer, "longer than a browser keeps", status_code=400)
        assertContains(answer, long, status_code=400)
        assert ids(client) == kept
        assert notes(client) == {}


def test_hostile_notes_are_text(client, kept):
    note = "</textarea><script>alert(1)</script>\r\n\"'&\0{{ 7 }}"
    change(client, _item=kept, **{f"note-{kept[0]}": note})
    page = own(client)
    assertNotContains(page, "<script>alert")
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt;")
    assert notes(client)[kept[0]] == note.replace("\r\n", "\n").replace("\0", "")


def test_withdrawn_removed_and_unknown_things_say_so(client, kept):
    with tracked_transaction():
        draft = InitiativeFactory(status="draft", name="Secret case")
        gone = InitiativeFactory(slug="gone")
    client.cookies["shortlist"] = f"{'.'.join(kept)}.c{gone.pk}.c{draft.pk}.c99999"
    finding = own(client).context["page"].entries[1].record
    with tracked_transaction():
        finding.initiative.withdraw(reason="The council <asked> us.")
        gone.delete()
    page = own(client)
    assertContains(page, "Withdrawn.", 2)
    assertContains(page, "The council &lt;asked&gt; us.")
    assertContains(page, "Not here any more")
    assertContains(page, "Nothing public goes by this name.", 2)
    assertNotContains(page, "Secret case")
    assertNotContains(page, "They were not trusted.")
    assertContains(page, "Cite these")


def test_without_anything_public_nothing_can_be_taken_away(client):
    client.cookies["shortlist"] = "c99999"
    page = own(client)
    for words in ("Cite these", "Compare</h3>", "Make a handout", "Download</h3>"):
        assertNotContains(page, words)


def test_the_number_of_queries_does_not_grow(
    client, kept, django_assert_max_num_queries
):
    works = more_works(20)
    client.cookies["shortlist"] = ".".join([*kept, *(f"r{w.pk}" for w in works)])
    with django_assert_max_num_queries(16):
        own(client)


def test_a_list_of_others_is_added_with_its_notes_if_they_fit(client, kept):
    client.cookies["shortlist"] = kept[0]
    data = {"items": kept, f"note-{kept[1]}": "Theirs"}
    headers = {"sec-fetch-site": "same-origin"}
    answer = client.post("/shortlist/add/", data, headers=headers)
    assert answer["Location"] == "/shortlist/"
    assert ids(client) == kept
    assert notes(client) == {kept[1]: "Theirs"}
    change(client, "undo")
    long = letters(4_000)
    data[f"note-{kept[1]}"] = long
    client.post("/shortlist/add/", data, headers=headers)
    assert ids(client) == kept
    assert notes(client) == {}
    works = more_works(50)
    data = {"items": ".".join(f"r{work.pk}" for work in works)}
    answer = client.post("/shortlist/add/", data, headers=headers)
    assert answer["Location"] == "/shortlist/?not-kept=full"
    assert len(ids(client)) == 50


def test_a_forged_last_change_breaks_nothing(client, kept):
    for before in ({"act": "drop", "ids": "c1", "id": "c99999"}, {"act": []}, {}):
        client.cookies["shortlist-before"] = pack(before)
        assert own(client).status_code == 200


def test_head_is_answered_and_notices_that_make_no_sense_are_ignored(client, kept):
    assert client.head("/shortlist/?not-kept=<b>&focus=\0").status_code == 200
    assert "notice" not in Client().get("/shortlist/?not-kept=x").text
