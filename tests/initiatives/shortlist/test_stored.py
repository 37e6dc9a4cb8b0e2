"""What a stored shortlist holds, and how it is changed, by one person or two."""

from datetime import date

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.transactions import tracked_transaction
from casebase.kept.models import Kept
from initiatives.models import Finding, Initiative
from initiatives.shortlist.items import MOST
from tests.factories import InitiativeFactory
from tests.initiatives.shortlist.keeping import (
    change,
    get_link,
    ids,
    letters,
    more_works,
    read_address,
    save,
    stored,
    version,
)

pytestmark = pytest.mark.django_db


def test_a_link_stores_items_with_notes_and_texts_as_they_are(client, kept, address):
    assert stored().ids == kept
    case, finding, work = stored().items
    assert (case.title, case.note) == ("Streetwatchers", "Ask Anna.")
    assert case.text == "What citizens and services do together."
    assert case.version == 1
    assert finding.text == "They were not trusted.\n\nThey met."
    assert work.text == "Work 0 [Report]. (n.d.)." or work.text.endswith("(n.d.).")
    assert {item.stored_on for item in stored().items} == {date.today()}
    assert ids(client) == kept


def test_order_notes_and_items_are_changed(client, kept, address):
    case, finding, work = kept
    answer = save(client, address, f"up-{finding}", **{f"note-{work}": "Read it"})
    assert answer["Location"] == f"{address}?focus=up-{finding}"
    assert stored().ids == [finding, case, work]
    assert stored().notes == {case: "Ask Anna.", work: "Read it"}
    save(client, address, **{f"_place-{work}": "1"})
    assert stored().ids == [work, finding, case]
    save(client, address, f"drop-{work}")
    assert stored().ids == [finding, case]
    assertContains(client.get(address), "Put back “")
    save(client, address, "back")
    assert stored().ids == [work, finding, case]
    assert stored().notes == {case: "Ask Anna.", work: "Read it"}
    assertNotContains(client.get(address), "Put back “")
    save(client, address, "back")
    assert stored().ids == [work, finding, case]
    assert ids(client) == kept


@pytest.mark.once
def test_what_stands_on_the_own_shortlist_is_added(client, kept, address):
    case = InitiativeFactory(name="Night bus")
    draft = InitiativeFactory(status="draft")
    client.cookies["shortlist"] = f"{kept[0]}.c{case.pk}.c{draft.pk}"
    assertContains(client.get(address), "Add the 2 more on your own shortlist")
    save(client, address, "add")
    assert stored().ids == [*kept, f"c{case.pk}"]
    assert stored().items[-1].title == "Night bus"


def test_the_second_save_is_told_and_nothing_is_lost(client, kept, address):
    case, finding, work = kept
    old = {"_version": version(client, address), "_item": [finding, case, work]}
    bus = InitiativeFactory(name="Night bus")
    client.cookies["shortlist"] = f"c{bus.pk}"
    save(client, address, "add", **{f"note-{case}": "Theirs"})
    save(client, address, f"drop-{work}")
    mine = {f"note-{case}": "Mine", f"note-{finding}": "Too"}
    answer = change(client, "save", address, **old | mine)
    assert stored().notes == {case: "Theirs"}
    for words in ("Somebody else saved it", "Theirs", "Mine", "Too", "Night bus"):
        assertContains(answer, words, status_code=409)
    assertContains(answer, "Only the stored list has this", status_code=409)
    assertContains(answer, "Only you have this", status_code=409)
    assertContains(answer, "another order", status_code=409)
    page = answer.context["page"]
    assert page.shortlist.ids == [finding, case, work, f"c{bus.pk}"]
    new = {"_version": answer.context["version"], "_item": page.shortlist.ids}
    assert change(client, "save", address, **new | mine).status_code == 302
    assert stored().ids == page.shortlist.ids
    assert stored().notes == {case: "Mine", finding: "Too"}
    assert stored().items[2].text


def test_a_form_that_was_sent_twice_is_no_lasting_harm(client, kept, address):
    form = {"_version": version(client, address), "_item": kept}
    form |= {f"note-{kept[0]}": "Mine"}
    assert change(client, "save", address, **form).status_code == 302
    answer = change(client, "save", address, **form)
    assert answer.status_code == 409
    assertNotContains(answer, "Saved meanwhile", status_code=409)
    assert stored().notes == {kept[0]: "Mine"}


@pytest.mark.once
def test_changes_of_cases_are_told_and_the_stored_text_stays(client, address):
    case, finding = Initiative.objects.get(), Finding.objects.get()
    with tracked_transaction():
        case.name, case.summary = "Patrols", "Another text."
        case.save()
        finding.statement = "Nobody trusted <them>."
        finding.save()
    for each in (address, read_address(client, address)):
        page = client.get(each)
        assertContains(page, "It was called “Streetwatchers” when it was stored.")
        assertContains(page, "Its case was called “Streetwatchers”")
        assertContains(page, "What citizens and services do together.")
        assertContains(page, "They were not trusted.")
        assertContains(page, "Nobody trusted &lt;them&gt;.")
        assertContains(page, "version 1 was stored, version 2 is public now")
        assertContains(page, 'href="/initiatives/weyhe/history/"')
    with tracked_transaction():
        case.withdraw(reason="The council asked us.")
    for each in (address, read_address(client, address)):
        page = client.get(each)
        assertContains(page, "The council asked us.", 2)
        assertContains(page, "What citizens and services do together.")
        assertNotContains(page, "Another text.")
    save(client, address, **{f"note-{stored().ids[0]}": "Gone"})
    assert stored().items[0].text == "What citizens and services do together."


@pytest.mark.once
def test_what_is_too_large_is_given_back(client, kept, address):
    long = letters(19_999)
    works = more_works(6)
    client.cookies["shortlist"] = ".".join([*kept, *(f"r{w.pk}" for w in works)])
    notes = {f"note-{each}": long for each in ids(client)}
    answer = get_link(client, _item=ids(client), **notes)
    assertContains(answer, "200 kB are kept", status_code=400)
    assertContains(answer, long, status_code=400)
    assert Kept.objects.count() == 1
    save(client, address, "add")
    answer = save(client, address, **notes)
    assertContains(answer, "200 kB are kept", status_code=400)
    assertContains(answer, long, status_code=400)
    assert stored().notes == {kept[0]: "Ask Anna."}
    save(client, address, **{f"note-{each}": long for each in kept[:2]})
    assertContains(client.get(address), "larger than most")


@pytest.mark.once
def test_hostile_texts_stay_texts(client, kept, address):
    note = "</textarea><script>alert(1)</script>\"'{{ 7 }}\r\n\0🦊"
    save(client, address, **{f"note-{kept[1]}": note})
    for each in (address, read_address(client, address)):
        assertNotContains(client.get(each), "<script>alert")
        assertContains(client.get(each), "&lt;script&gt;alert(1)")
    for wrong in ({"_version": "x"}, {"_version": "9" * 99}, {"_item": ["\0", "c0"]}):
        assert save(client, address, **wrong).status_code in (302, 409)


@pytest.mark.once
def test_a_full_list_takes_no_more(client, kept, address):
    works = more_works(MOST)
    client.cookies["shortlist"] = ".".join(f"r{work.pk}" for work in works)
    save(client, address, "add")
    assert len(stored()) == MOST
    assert stored().ids[:3] == kept
    save(client, address, f"drop-{kept[0]}")
    save(client, address, "add")
    save(client, address, "back")
    assert len(stored()) == MOST
    assert kept[0] not in stored().ids


@pytest.mark.once
def test_the_number_of_queries_does_not_grow(
    client, kept, address, django_assert_max_num_queries
):
    works = more_works(20)
    client.cookies["shortlist"] = ".".join(f"r{work.pk}" for work in works)
    save(client, address, "add")
    with django_assert_max_num_queries(18):
        client.get(address)
