"""A new kind of record is declared, and then searched, counted and versioned.

These tests follow the recipe of CONTRIBUTING.md for organisations.
"""

import pytest
from django.db import connection
from pyroaring import BitMap

from casebase.change_tracking import triggers
from casebase.change_tracking.tracked_tables import OWN_KEY, tracked
from casebase.change_tracking.transactions import tracked_transaction
from casebase.facets.index import Index
from casebase.facets.row_stream import stream_rows
from casebase.facets.snapshot import faceted, once_per_snapshot
from casebase.facets.snapshot_cache import current_snapshot
from casebase.facets.sort_order import SortOrder
from casebase.history.model_history import ModelHistory, versioned
from casebase.history.models import Version
from casebase.history.parts import format_fields, record_part, same_names
from casebase.history.restoring import restore
from casebase.history.undoing import undo
from casebase.search import queries
from casebase.search.documents import DocumentPart
from casebase.search.index_tables import create_missing_tables
from casebase.search.searched_records import SearchedRecords, searched
from initiatives.models import Organisation

pytestmark = pytest.mark.django_db


# search.py


def read_organisations(keys):
    for organisation in Organisation.objects.filter(pk__in=keys):
        yield organisation.pk, [DocumentPart("A", "Name", organisation.name)], []


# facets.py


class OrganisationTable:
    def __init__(self, order=None):
        self.order = order or SortOrder()

    def __len__(self):
        return len(self.order.records)

    def updated(self, keys):
        rows = stream_rows(Organisation.objects, ["pk", "name"], "pk", keys)
        return OrganisationTable(self.order.updated(BitMap(keys or ()), rows))


@once_per_snapshot
def organisation_index(snapshot):
    order = snapshot.table(Organisation).order
    return Index(order.records, {}, order.by)


# history.py


class OrganisationHistory(ModelHistory):
    model = Organisation
    details = ()
    identity = ()

    def content_of(self, record):
        return {"name": record.name}

    def name_of(self, record):
        return record.name

    def name_in(self, content):
        return content["name"]

    def former_names_in(self, content):
        return []

    def without_former_names(self, content):
        return content

    def parts_of(self, content, names):
        yield record_part(format_fields(Organisation, content, same_names("name")))

    def write(self, contents):
        for key, content in contents.items():
            Organisation.objects.update_or_create(pk=key, defaults=content)


@pytest.fixture(autouse=True)
def declared():
    tracked.register(Organisation, {"initiatives_organisation": OWN_KEY})
    records = SearchedRecords(Organisation.objects.all, read_organisations)
    searched.register(Organisation, records)
    faceted.register(Organisation, OrganisationTable)
    versioned.register(Organisation, OrganisationHistory())
    triggers.create_triggers(connection, ["initiatives_organisation"])
    create_missing_tables()
    yield
    for registry in (tracked, searched, faceted, versioned):
        del registry["organisation"]


@pytest.fixture
def police():
    with tracked_transaction():
        return Organisation.objects.create(name="Police")


def rename(organisation, name):
    with tracked_transaction():
        Organisation.objects.filter(pk=organisation.pk).update(name=name)


def test_it_is_found_by_its_words(police):
    assert list(queries.matching("organisation", "police")) == [police.pk]
    rename(police, "Fire brigade")
    assert not queries.matching("organisation", "police")
    assert list(queries.matching("organisation", "brigades")) == [police.pk]


def test_it_is_counted_and_sorted(police):
    with tracked_transaction():
        council = Organisation.objects.create(name="Council")
    index = organisation_index(current_snapshot())
    assert index.page(index.all_keys, "name", 0, 9) == [council.pk, police.pk]


def test_it_is_versioned_restored_and_undone(police):
    rename(police, "Fire brigade")
    restore(Version.objects.of("organisation", police.pk).get(number=1))
    assert Organisation.objects.get().name == "Police"
    undo(Version.objects.of("organisation", police.pk).first().edit)
    assert Organisation.objects.get().name == "Fire brigade"


def test_undoing_its_creation_deletes_it(police):
    undo(Version.objects.of("organisation", police.pk).get().edit)
    assert not Organisation.objects.exists()
