"""The index agrees with the records, however they are changed."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import (
    tracked_transaction,
    update_derived_data,
)
from casebase.search import indexing
from casebase.search.index import Index
from casebase.search.models import Document, Name, Word
from casebase.search.queries import matching
from casebase.search.query_tree import EVERYTHING
from casebase.search.rebuilding import rebuild
from casebase.search.searched_records import searched
from initiatives.models import Concept, Finding, Initiative, Organisation, Source
from references.models import Person, Reference
from tests.content.content_folder import ContentFolder
from tests.desk import Curator
from tests.factories import (
    ConceptFactory,
    ContributionFactory,
    FindingFactory,
    InitiativeFactory,
    InvolvementFactory,
    ReferenceFactory,
    SourceFactory,
)

pytestmark = pytest.mark.django_db


def finds(text, kind="initiative"):
    return bool(matching(kind, text))


def test_changes_at_the_desk_are_indexed():
    case = InitiativeFactory(status="review", summary="Beekeepers meet.")
    desk = Curator()
    update_derived_data()
    assert not finds("beekeepers")
    move(desk, case, "publish")
    assert finds("beekeepers")
    desk.change(case, {"summary": "Gardeners meet."})
    assert finds("gardeners")
    assert not finds("beekeepers")
    move(desk, case, "withdraw")
    assert not finds("gardeners")


def move(desk, case, verb):
    address = reverse("admin:initiatives_initiative_move", args=[case.pk, verb])
    assert desk.client.post(address, {"words": "As was agreed."}).status_code == 302


def test_a_load_is_indexed(tmp_path):
    ContentFolder(tmp_path).load()
    assert finds("streetwatchers weyhe")
    assert finds("grosser", "reference")
    assert finds("mistrust", "concept")
    before = everything()
    rebuild()
    assert everything() == before


def test_changed_names_are_indexed_in_cases_and_works():
    body = InvolvementFactory(organisation__name="Red Cross").organisation
    term = ConceptFactory(label="Red tape", synonyms=["Paperwork"])
    FindingFactory(kind="barrier", concept=term)
    author = ContributionFactory(person__family="Redman").person
    update_derived_data()
    assert finds('"red cross"')
    assert finds('"red tape"')
    assert finds("paperwork")
    assert finds("paperwork", "concept")
    assert finds("redman", "reference")
    with tracked_transaction():
        Organisation.objects.filter(pk=body.pk).update(name="Blue Cross")
        Concept.objects.filter(pk=term.pk).update(label="Blue tape", synonyms=["Forms"])
        Person.objects.filter(pk=author.pk).update(family="Blueman")
    assert not finds("red")
    assert not finds("paperwork")
    assert finds("forms")
    assert finds('"blue cross"')
    assert finds('"blue tape"')
    assert finds('"blue tape"', "concept")
    assert finds("blueman", "reference")
    assert not finds("redman", "reference")


def test_deleted_sources_and_works_are_indexed():
    finding = FindingFactory(statement="Costs fell.")
    work = ReferenceFactory(title="Beekeeping")
    update_derived_data()
    assert finds("costs")
    with tracked_transaction():
        Source.objects.filter(finding=finding).delete()
        work.delete()
    assert not finds("costs")
    assert not finds("beekeeping", "reference")


def test_many_simultaneous_changes_are_indexed():
    InitiativeFactory.create_batch(30, summary="Beekeepers.")
    update_derived_data()
    assert len(matching("initiative", "beekeepers")) == 30
    with tracked_transaction():
        Initiative.objects.update(summary="Gardeners.")
    assert len(matching("initiative", "gardeners")) == 30
    assert not finds("beekeepers")


def test_nothing_is_written_where_nothing_has_changed():
    case = InitiativeFactory(summary="Beekeepers.")
    update_derived_data()
    document = Document.objects.get()
    Initiative.objects.filter(pk=case.pk).update(evidence_note="Thin.")
    update_derived_data()
    assert Document.objects.get().pk == document.pk
    word = Word.objects.get(word="beekeepers")
    assert word.n == 1


def test_words_and_names_go_with_the_last_document_that_has_them():
    one = InitiativeFactory(name="Bees", summary="Hives.", locality="Kehl")
    two = InitiativeFactory(name="Honey", summary="Hives.", locality="Kehl")
    update_derived_data()
    assert Word.objects.get(word="hives").n == 2
    assert Name.objects.get(kind="place").n == 2
    assert [str(name) for name in Name.objects.filter(kind="initiative")] == [
        "Bees",
        "Honey",
    ]
    assert {str(word) for word in Word.objects.all()} >= {"bees", "honey", "hives"}
    assert str(Document.objects.get(record=one.pk)) == f"initiative {one.pk}"
    one.withdraw(reason="It was another.")
    update_derived_data()
    assert Word.objects.get(word="hives").n == 1
    assert not Word.objects.filter(word="bees")
    assert not Name.objects.filter(label="Bees")
    assert Name.objects.get(kind="place").n == 1
    two.withdraw(reason="It was another.")
    update_derived_data()
    assert not Word.objects.exists()
    assert not Name.objects.exists()


def everything():
    """Return the content of the index, unordered and without its internal numbers."""
    documents = Document.objects.values_list("kind", "record", "parts", "offers")
    return {
        "documents": sorted(documents, key=lambda row: row[:2]),
        "words": set(Word.objects.values_list("word", "folded", "key", "n")),
        "names": set(Name.objects.values_list("kind", "value", "label", "n")),
        "found": {
            (kind, word): set(matching(kind, word))
            for kind in searched
            for word in WORDS
        },
        "all": [set(Index(kind).matching(EVERYTHING)) for kind in searched],
        "offered": len(Index("name").matching(EVERYTHING)),
    }


WORDS = ["bees", "trust", "löffler", "co-design", "night"]
EDITS = {
    "publish": lambda word: Initiative.objects.update(status="published"),
    "unpublish": lambda word: Initiative.objects.filter(
        pk__in=Initiative.objects.values("pk")[:1]
    ).update(status="draft"),
    "write": lambda word: Initiative.objects.update(summary=word),
    "add a case": lambda word: InitiativeFactory(approach=word, region=word),
    "add a finding": lambda word: FindingFactory(
        initiative=Initiative.objects.first() or InitiativeFactory(), statement=word
    ),
    "take the sources": lambda word: Source.objects.all().delete(),
    "source": lambda word: [
        SourceFactory(finding=finding) for finding in Finding.objects.unsourced()
    ],
    "tag": lambda word: [case.tags.set([word]) for case in Initiative.objects.all()],
    "code": lambda word: FindingFactory(kind="barrier"),
    "name terms": lambda word: Concept.objects.update(label=word),
    "name bodies": lambda word: Organisation.objects.update(name=word),
    "add a work": lambda word: ContributionFactory(reference__title=word),
    "name people": lambda word: Person.objects.all()[:1] and rename_somebody(word),
    "delete a work": lambda word: Reference.objects.filter(uses=None).delete(),
    "delete the cases": lambda word: Initiative.objects.all().delete(),
}


def rename_somebody(word):
    person = Person.objects.first()
    if not Person.objects.filter(family=word).exists():
        Person.objects.filter(pk=person.pk).update(family=word)


# The edits of one transaction, each with a word.
EDITS_WITH_WORDS = st.lists(
    st.tuples(st.sampled_from(sorted(EDITS)), st.sampled_from(WORDS)),
    min_size=1,
    max_size=3,
)


def edit(edits):
    with tracked_transaction():
        for name, word in edits:
            EDITS[name](word)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@given(st.lists(EDITS_WITH_WORDS, max_size=6))
def test_an_updated_index_equals_a_rebuilt_one(db, transactions):
    for edits in transactions:
        edit(edits)
    updated = everything()
    rebuild()
    assert everything() == updated


def test_rebuilding_repairs_the_index(capsys):
    case = InitiativeFactory(summary="Beekeepers.")
    gone = InitiativeFactory()
    ConceptFactory()
    update_derived_data()
    right = everything()
    Index("initiative").erase([case.pk])
    Index("reference").write({999: [["ghost"], [], [], []]})
    Document.objects.create(kind="initiative", record=999, parts=[], offers=[])
    Document.objects.filter(record=gone.pk).delete()
    Word.objects.update(n=7)
    Word.objects.create(word="ghost", folded="ghost", key="ghost", n=1)
    Name.objects.all().delete()
    assert everything() != right
    call_command("rebuild_search")
    assert "3 records can be found." in capsys.readouterr().out
    assert everything() == right


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite in memory is one")
@pytest.mark.django_db(transaction=True)
def test_readers_see_the_old_index_until_the_new_one_is_whole():
    with tracked_transaction():
        InitiativeFactory(summary="Lamplighters.")
    seen = []

    def look():
        try:
            seen.append((finds("lamplighters"), Word.objects.count()))
        finally:
            connection.close()

    def looked_at(chunks):
        for chunk in chunks:
            yield chunk
            others.submit(look).result()

    look()
    with ThreadPoolExecutor(1) as others:
        rebuild(track=looked_at)
    assert len(seen) > 1
    assert set(seen) == {(True, seen[0][1])}


def test_an_existing_index_can_be_kept(capsys):
    InitiativeFactory(summary="Beekeepers.")
    call_command("rebuild_search", "--if-empty", verbosity=0)
    assert capsys.readouterr().out == ""
    assert finds("beekeepers")
    Initiative.objects.update(summary="Gardeners.")
    call_command("rebuild_search", "--if-empty")
    assert capsys.readouterr().out == ""
    assert finds("beekeepers")


def test_updates_of_many_records_take_as_many_queries_as_of_few(
    django_assert_max_num_queries,
):
    for n in (1, 40):
        for _ in range(n):
            FindingFactory(kind="barrier", response="So.", initiative__tags=["night"])
        touched = Touched.objects.pending().by_kind()
        with django_assert_max_num_queries(40):
            indexing.update_index(touched)
