"""Parameters that mailings, search engines and social media add to any address."""

from django.http import QueryDict

PREFIXES = ("utm_", "fbclid", "gclid", "mc_")


def is_ignored(name: str) -> bool:
    return name.startswith(PREFIXES)


def without_ignored(query: QueryDict) -> QueryDict:
    """Return the query without the parameters that mean nothing to this site."""
    if not any(map(is_ignored, query)):
        return query
    meant = QueryDict(mutable=True)
    for name, values in query.lists():
        if not is_ignored(name):
            meant.setlist(name, values)
    return meant
