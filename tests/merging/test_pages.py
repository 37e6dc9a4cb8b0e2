"""The pages that compare and merge two records, and undo merges."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from casebase.desk.merging.models import Merge
from initiatives.models import PROXIES, Organisation
from references.models import Person, Reference
from tests.desk import Curator, admin_url
from tests.factories import ConceptFactory, PersonFactory, ReferenceFactory
from tests.merging.pairs import PAIRS
from tests.once import once

pytestmark = pytest.mark.django_db


class Keeper(Curator):
    """Staff in the group Codebook keepers, with no other rights."""

    group = "Codebook keepers"


def address(name, kept, gone):
    query = {"keep": kept.pk, "drop": gone.pk}
    return reverse(f"merging:{name}", query=query)


def send(client, name, kept, gone, /, **sides):
    shown = client.get(address(name, kept, gone))
    sent = {"mark": shown.context["mark"]} | sides
    return client.post(address(name, kept, gone), sent, follow=True)


@pytest.mark.parametrize("name", PAIRS)
def test_two_records_are_compared_merged_and_unmerged(name):
    kept, gone, sides = PAIRS[name]()
    client = (Keeper if name == "terms" else Curator)().client
    shown = client.get(address(name, kept, gone))
    assertContains(shown, str(kept))
    assert {side["field"].name for side in shown.context["sides"]} >= set(sides) - {
        "questions"
    }
    done = send(client, name, kept, gone, **sides)
    assertContains(done, "Undo the merge")
    assert not type(gone).objects.filter(pk=gone.pk).exists()
    undone = client.post(done.redirect_chain[-1][0], follow=True)
    assertContains(undone, "The merge is undone")
    assert type(gone).objects.filter(pk=gone.pk).exists()
    listed = client.get(reverse("merging:list"))
    assertContains(listed, "· undone")


@pytest.mark.once
def test_uses_of_both_are_counted():
    kept, gone, _ = PAIRS["works"]()
    shown = Curator().client.get(address("works", kept, gone))
    for words in ("1 use as a source", "2 uses as a source", "1 former key"):
        assertContains(shown, words)


@pytest.mark.once
def test_the_records_can_be_swapped():
    kept, gone, _ = PAIRS["works"]()
    client = Curator().client
    swapped = client.get(address("works", kept, gone)).context["swapped"]
    assert swapped == address("works", gone, kept)
    assertContains(client.get(swapped), "is merged into it")


@pytest.mark.once
def test_a_stale_preview_is_shown_again():
    kept, gone, _ = PAIRS["works"]()
    client = Curator().client
    mark = client.get(address("works", kept, gone)).context["mark"]
    Reference.objects.filter(pk=gone.pk).update(title="Another title")
    again = client.post(address("works", kept, gone), {"mark": mark})
    assertContains(again, "One of the records was changed meanwhile")
    assertContains(again, "Another title")
    assert Merge.objects.count() == 0


@pytest.mark.once
def test_an_invalid_merge_is_reported():
    kept, gone = ConceptFactory(is_heading=True), ConceptFactory()
    client = Keeper().client
    refused = send(client, "terms", kept, gone, label="odd")
    # Headings take over terms, but not findings that are coded with them.
    assertContains(refused, "Undo the merge")
    kept, gone = ConceptFactory(), ConceptFactory(scheme="risks")
    refused = send(client, "terms", kept, gone)
    assertContains(refused, "Terms of two schemes can’t be merged.")


@pytest.mark.once
def test_a_name_of_both_a_person_and_a_body_is_refused():
    person, body = PersonFactory(), PersonFactory(family="", literal="A body")
    refused = send(Curator().client, "people", person, body, literal="gone")
    assertContains(refused, "Give a person’s family name or a body’s name, not both.")
    assert Person.objects.count() == 2


@pytest.mark.parametrize(
    ("keep", "drop"),
    [(1, 2**70), *once((1, 1), (1, 999), ("x", 1), ("", ""), ("²", 1))],
)
def test_a_comparison_needs_two_records(keep, drop):
    ReferenceFactory(pk=1)
    query = {"keep": keep, "drop": drop}
    answer = Curator().client.get(reverse("merging:works", query=query))
    assert answer.status_code == 404


@pytest.mark.once
def test_merging_needs_permission_to_change_the_records():
    works, terms = PAIRS["works"]()[:2], PAIRS["terms"]()[:2]
    curator, keeper = Curator().client, Keeper().client
    assert curator.get(address("terms", *terms)).status_code == 403
    assert keeper.post(address("works", *works)).status_code == 403
    send(curator, "works", *works)
    merge = Merge.objects.get()
    assert keeper.post(merge.get_absolute_url()).status_code == 403
    assertNotContains(keeper.get(reverse("merging:list")), str(merge))

    class Contributor(Curator):
        group = "Contributors"

    assert Contributor().client.get(reverse("merging:list")).status_code == 403


MODELS = {"works": Reference, "people": Person, "organisations": Organisation}
MODELS |= {"terms": PROXIES["strategies"]}


@pytest.mark.once
@pytest.mark.parametrize(("name", "model"), MODELS.items(), ids=MODELS)
def test_two_records_of_a_list_can_be_merged(name, model):
    kept, gone, _ = PAIRS[name]()
    client = (Keeper if name == "terms" else Curator)().client
    sent = {"action": "merge_two", "_selected_action": [gone.pk, kept.pk]}
    answer = client.post(admin_url(model, "changelist"), sent)
    assert answer["Location"] == address(name, kept, gone)
    sent["_selected_action"] = [kept.pk]
    refused = client.post(admin_url(model, "changelist"), sent, follow=True)
    assertContains(refused, "Select exactly two records to merge")


@pytest.mark.once
def test_a_later_change_is_reported_when_undoing():
    kept, gone, sides = PAIRS["works"]()
    client = Curator().client
    done = send(client, "works", kept, gone, **sides)
    Reference.objects.filter(pk=kept.pk).update(title="Other")
    refused = client.post(done.redirect_chain[-1][0], follow=True)
    assertContains(refused, "was changed since; nothing is undone.")


@pytest.mark.once
def test_markup_in_records_is_escaped():
    hostile = "<script>alert(1)</script>"
    kept, gone = ReferenceFactory(title=hostile), ReferenceFactory(note=hostile)
    shown = Curator().client.get(address("works", kept, gone))
    assertNotContains(shown, hostile)
    assertContains(shown, "&lt;script&gt;")
