"""Who made a set of works, and which cases cite them. Knows nothing of HTTP."""

from collections import Counter

from django.db.models import Count, Q

from initiatives.models import Initiative
from references.models import Person


def count_by_type(works):
    """Type → number of works. One query."""
    return Counter(works.order_by().values_list("type", flat=True))


def people_behind(works, chosen):
    """Authors and editors of these works; see `_ranked`. One query."""
    made = Q(works__in=works.order_by().values("pk"))
    counted = Count("works", filter=made, distinct=True)
    return _ranked(Person.objects.annotate(n_works=counted), chosen)


def cases_citing(works, chosen):
    """Published initiatives with statements that rest on them; see `_ranked`. One query."""
    path = "findings__sources__reference"
    cited = Q(**{f"{path}__in": works.order_by().values("pk")})
    counted = Count(path, filter=cited, distinct=True)
    return _ranked(Initiative.objects.published().annotate(n_works=counted), chosen)


def _ranked(records, chosen):
    """Those with works, most (``n_works``) first; chosen slugs before all, even with none."""
    is_chosen = Q(slug__in=chosen)
    return (
        records.filter(Q(n_works__gt=0) | is_chosen)
        .annotate(is_chosen=is_chosen)
        .order_by("-is_chosen", "-n_works", *records.model._meta.ordering)
    )
