"""A kind of record that this site does not search."""

import pytest

from casebase.search.documents import DocumentPart, Offer
from casebase.search.searched_records import SearchedRecords, searched
from initiatives.models import Organisation


def read_organisations(keys):
    for organisation in Organisation.objects.filter(pk__in=keys):
        name = organisation.name
        parts = [
            DocumentPart("A", "Name", name),
            DocumentPart("B", "In German", name, language="de"),
        ]
        yield organisation.pk, parts, [Offer("organisation", name, name)]


@pytest.fixture
def declare_organisations():
    """A function that declares organisations as searched, for the test alone."""

    def declare(**options):
        records = SearchedRecords(
            Organisation.objects.all, read_organisations, **options
        )
        searched.register(Organisation, records)

    yield declare
    searched.pop("organisation", None)
