"""The names that documents offer, and in how many documents each is."""

from collections.abc import Iterable, Mapping
from itertools import batched

from django.db import connection

from casebase.search.documents import Offer
from casebase.search.engine import Row
from casebase.search.index import Index
from casebase.search.models import Name
from casebase.search.tokenizer import keys_of, spelled

CHUNK = 500
INDEX = Index("name")
COLUMNS = ("id", "kind", "value", "label", "n")
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


def all_rows(offers: Mapping[Offer, int]) -> tuple[list[Row], list[Row]]:
    """The rows of all names, in the order of ``COLUMNS``, and those of the index:
    Offer → number of documents."""
    numbered = list(enumerate(sorted(offers), 1))
    streams = {key: _streams(one.kind, one.label) for key, one in numbered}
    return [(key, *one, offers[one]) for key, one in numbered], INDEX.rows(streams)


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
