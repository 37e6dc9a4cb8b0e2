"""The names that documents offer, and in how many documents each is."""

from collections.abc import Iterable, Mapping
from itertools import batched

from django.db import connection

from casebase.search.documents import Offer
from casebase.search.index import Index, insert_rows
from casebase.search.models import Name
from casebase.search.tokenizer import keys_of, spelled

CHUNK = 500
INDEX = Index("name")
COLUMNS = ("kind", "value", "label", "n")
ADD = """
INSERT INTO search_name (kind, value, label, n) VALUES (%s, %s, %s, %s)
ON CONFLICT (kind, value, label) DO UPDATE SET n = search_name.n + excluded.n
"""


def update_counts(offers: Mapping[Offer, int]) -> None:
    """Add these numbers of documents, which may be negative, to those of the names:
    Offer → number. Names that no document offers any more are deleted."""
    changed = sorted(offer for offer, n in offers.items() if n)
    with connection.cursor() as cursor:
        cursor.executemany(ADD, [[*offer, offers[offer]] for offer in changed])
    for chunk in batched(changed, CHUNK):
        _index(chunk)


def replace(offers: Mapping[Offer, int]) -> None:
    """Store these names and no others: Offer → number of documents.

    Call it while the index is rebuilt: see index.rebuilt().
    """
    Name.objects.all().delete()
    insert_rows("search_name", COLUMNS, [(*one, offers[one]) for one in sorted(offers)])
    names = list(Name.objects.order_by("pk").values_list("pk", "kind", "label"))
    for chunk in batched(names, CHUNK):
        INDEX.append(INDEX.rows({key: _streams(*name) for key, *name in chunk}))


def _index(offers: Iterable[Offer]) -> None:
    rows = Name.objects.filter(value__in={value for _, value, _ in offers})
    kept = rows.filter(n__gt=0)
    INDEX.erase(list(rows.filter(n__lte=0).values_list("pk", flat=True)))
    rows.filter(n__lte=0).delete()
    INDEX.write({name.pk: _streams(name.kind, name.label) for name in kept})


def _streams(kind: str, label: str) -> list[list[str]]:
    return [list(keys_of([label], spelled)), [], [], [kind_key(kind)]]


def kind_key(kind: str) -> str:
    """The key that all names of a kind have besides those of their words, and no word
    has."""
    return f"§{kind}"
