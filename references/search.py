"""Which texts of works are searched."""

from collections.abc import Iterable, Iterator
from typing import Any

from casebase.search.documents import DocumentPart, Offer, address_pattern, filled
from casebase.search.searched_records import (
    DocumentContent,
    SearchedRecords,
    searched,
)
from references.models import Reference


def read_works(keys: Iterable[int]) -> Iterator[DocumentContent]:
    """Primary key, parts and offers of these works."""
    address = address_pattern("references:detail")
    for work in Reference.objects.with_contributors().filter(pk__in=keys):
        yield work.pk, work_parts(work, address(work.key)), work_offers(work)


def work_parts(work: Any, address: str) -> list[DocumentPart]:
    """The texts of a work, with its address, and the names of its contributors."""
    return filled(
        [
            DocumentPart("A", "Title", work.title),
            *(
                DocumentPart("B", made.get_role_display(), str(made.person))
                for made in work.contributions.all()
            ),
            DocumentPart("B", "Year", str(work.issued_year or "")),
            DocumentPart("B", "Citekey", work.key),
            DocumentPart("B", "DOI", work.doi),
            DocumentPart("C", "Address", address),
            DocumentPart("C", "Web address", work.url),
            DocumentPart("C", "Published in", work.container_title),
            DocumentPart("C", "Series", work.collection_title),
            DocumentPart("C", "Publisher", work.publisher),
            DocumentPart("C", "Event", work.event_title),
            DocumentPart("D", "Note", work.note),
            DocumentPart("D", "Note on the print", work.correction),
        ]
    )


def work_offers(work: Any) -> list[Offer]:
    """The names of its contributors."""
    people = dict.fromkeys(made.person for made in work.contributions.all())
    return [Offer("author", person.slug, str(person)) for person in people]


searched.register(
    Reference,
    SearchedRecords(
        visible=Reference.objects.all, read=read_works, page_prefixes=["references"]
    ),
)
