"""Which types, people and cases a set of works has. Knows nothing of HTTP."""

from collections import Counter, defaultdict

from django.db.models import Count
from django.db.models.functions import Coalesce

from references.models import Contribution, Reference


def count_by_type(works):
    """Type → number of works. One query."""
    return Counter(works.order_by().values_list("type", flat=True))


def count_by_person(works):
    """Slug of an author or editor → number of works. One query."""
    made = Contribution.objects.filter(reference__in=works.order_by().values("pk"))
    return _works_by(made, "person__slug")


def count_by_case(works):
    """Slug of a published case → number of works that it cites. One query."""
    cited = works.uses_in_cases().filter(reference__in=works.order_by().values("pk"))
    return _works_by(cited, "case")


def count_by_kind(works, cases):
    """Kind of finding → number of works it rests on in these cases. One query."""
    cited = works.uses_in(cases).filter(
        reference__in=works.order_by().values("pk"), finding__isnull=False
    )
    return _works_by(cited, "finding__kind")


def cases_by_work(works, cases):
    """Key of a work → pairs of a case's (slug, name) and its findings that rest on it.

    The cases with most such findings come first; a conflict alone counts none. One
    query.
    """
    name = Coalesce("finding__initiative__name", "conflict__initiative__name")
    cited = Reference.objects.uses_in(cases).filter(reference__in=works).order_by()
    rows = cited.values_list("reference", "case", name).annotate(
        n=Count("finding", distinct=True)
    )
    citing = defaultdict(list)
    for work, *case, n in sorted(rows, key=lambda row: (-row[-1], row[2])):
        citing[work].append((case, n))
    return citing


def _works_by(links, end):
    counted = (
        links.order_by().values_list(end).annotate(Count("reference", distinct=True))
    )
    return Counter(dict(counted))
