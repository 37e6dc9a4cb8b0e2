"""Works and names of the database, normalized for comparison."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Lower

from casebase.desk.duplicates.normalized_records import (
    NormalizedName,
    NormalizedWork,
    normalize_name,
    normalize_work,
)
from references.models import Contribution, Person, Reference

type NamesByWork = defaultdict[int, list[NormalizedName]]


def works_near(
    years: Iterable[int | None], dois: Iterable[str], keys: Collection[int] = ()
) -> QuerySet[Any]:
    """Return works that may be duplicates of others.

    These are the works of these years, with these DOIs in upper or lower case, or with
    these primary keys.
    """
    years, dois = set(years), {doi.lower() for doi in dois if doi}
    near = Q(issued_year__in=years - {None}) | Q(bare_doi__in=dois) | Q(pk__in=keys)
    if None in years:
        near |= Q(issued_year=None)
    return Reference.objects.alias(bare_doi=Lower("doi")).filter(near)


def normalized_works(works: QuerySet[Any]) -> list[NormalizedWork]:
    """Return the works of a queryset, with primary keys. Takes two queries."""
    names = names_by_role(works)
    columns = ("pk", "doi", "title", "issued_year", "type", "container_title")
    numbering = ("edition", "volume", "issue")
    rows = works.order_by().values_list(
        *columns, *numbering, "page", "publisher", "url"
    )
    return [
        normalize_work(
            *(key, doi, title, year),
            kind=kind,
            container=container,
            numbering=rest[:3],
            authors=names["author"][key],
            editors=names["editor"][key],
            details=rest[3:],
        )
        for key, doi, title, year, kind, container, *rest in rows
    ]


def names_by_role(works: QuerySet[Any]) -> dict[str, NamesByWork]:
    """Return role → work → names. Takes one query."""
    made = Contribution.objects.order_by().filter(reference__in=works.order_by())
    parts = ("person__family", "person__given", "person__literal")
    names: dict[str, NamesByWork]
    names = {role: defaultdict(list) for role in Contribution.Role.values}
    for work, role, family, given, literal in made.values_list(
        "reference", "role", *parts
    ):
        names[role][work].append(normalize_name(0, family, given, "", literal))
    return names


def normalized_names() -> list[NormalizedName]:
    """Return all people and bodies, with primary keys. Takes one query."""
    fields = ("pk", "family", "given", "suffix", "literal")
    people = Person.objects.order_by().values_list(*fields)
    return [normalize_name(*person) for person in people]
