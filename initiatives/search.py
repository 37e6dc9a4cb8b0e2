"""Which initiatives hold the words of a query. Knows nothing of HTTP."""

from django.db.models import Exists, OuterRef, Q
from pyroaring import BitMap

from initiatives.models import Finding, Initiative, Involvement

CASE_TEXTS = [
    "name",
    "summary",
    "challenge",
    "approach",
    "co_producers",
    "target_groups",
]
PLACE_TEXTS = ["locality", "region"]
FINDING_TEXTS = ["statement", "response", "concept__label"]


def matching(query):
    """The set of the public initiatives with the words."""
    found = having_words(Initiative.objects.published(), query).order_by()
    return BitMap(found.values_list("pk", flat=True))


def having_words(initiatives, query):
    """The initiatives in which every word of the query occurs somewhere.

    Looks at the case's texts, place, organisations and published findings.
    """
    for word in query.split():
        findings = Finding.objects.published().filter(initiative=OuterRef("pk"))
        involvements = Involvement.objects.filter(
            initiative=OuterRef("pk"), organisation__name__icontains=word
        )
        initiatives = initiatives.filter(
            _any_contains(CASE_TEXTS + PLACE_TEXTS, word)
            | Exists(findings.filter(_any_contains(FINDING_TEXTS, word)))
            | Exists(involvements)
        )
    return initiatives


def _any_contains(fields, word):
    matches = Q()
    for field in fields:
        matches |= Q(**{f"{field}__icontains": word})
    return matches
