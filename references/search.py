"""Which texts of works are searched."""

from collections.abc import Iterable, Iterator
from typing import Any

from casebase.search.documents import Offer, Part, address_of, filled
from casebase.search.searched_records import (
    DocumentContent,
    SearchedRecords,
    searched,
)
from references.models import Reference


def read_works(keys: Iterable[int]) -> Iterator[DocumentContent]:
    """Primary key, parts and offers of these works."""
    for work in Reference.objects.with_contributors().filter(pk__in=keys):
        yield work.pk, work_parts(work), work_offers(work)


def work_parts(work: Any) -> list[Part]:
    """The texts of a work and the names of its contributors."""
    return filled(
        [
            Part("A", "Title", work.title),
            *(
                Part("B", made.get_role_display(), str(made.person))
                for made in work.contributions.all()
            ),
            Part("B", "Year", str(work.issued_year or "")),
            Part("B", "Citekey", work.key),
            Part("B", "DOI", work.doi),
            Part("C", "Address", address_of(work)),
            Part("C", "Web address", work.url),
            Part("C", "Published in", work.container_title),
            Part("C", "Series", work.collection_title),
            Part("C", "Publisher", work.publisher),
            Part("C", "Event", work.event_title),
            Part("D", "Note", work.note),
            Part("D", "Note on the print", work.correction),
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
