"""Which works and names look alike, looked for whenever works are written."""

from collections import defaultdict
from itertools import batched

from django.db.models import Q
from django.db.models.functions import Lower

from casebase.desk.duplicates.likeness_rules import (
    alike_names,
    alike_works,
    name_marks,
    work_marks,
)
from casebase.desk.quality.models import PersonLikeness, WorkLikeness
from references.models import Contribution, Person, Reference

# More than so many at once, and all of them are looked at.
MANY = 1_000
CHUNK = 500


def look_at(works):
    """Find the likenesses of these works (primary keys) and of those who made them.

    Seven queries, and none where there are no works.
    """
    works = set(works)
    if len(works) > MANY:
        keep(WorkLikeness, alike_works(marks_of(Reference.objects.all())))
        keep(PersonLikeness, alike_names(marks_of_people()))
    elif works:
        keep(WorkLikeness, alike_works(marks_of(those_near(works)), works), works)
        made = Contribution.objects.filter(reference__in=works)
        people = set(made.order_by().values_list("person", flat=True))
        keep(PersonLikeness, alike_names(marks_of_people(), people), people)


def keep(model, pairs, records=None):
    """Have rows for these pairs and no others: of these records, or of all."""
    before = model.objects.all() if records is None else model.objects.of(records)
    rows = {(row.one_id, row.other_id): row for row in before.order_by()}
    gone = [row.pk for pair, row in rows.items() if row.why != pairs.get(pair)]
    for chunk in batched(gone, CHUNK):
        model.objects.filter(pk__in=chunk).delete()
    refuted = {pair for pair, row in rows.items() if row.is_refuted}
    model.objects.bulk_create(
        [
            model(one_id=pair[0], other_id=pair[1], why=why, is_refuted=pair in refuted)
            for pair, why in pairs.items()
            if pair not in rows or rows[pair].why != why
        ],
        batch_size=CHUNK,
    )


def those_near(works):
    """Works that may be like these: of their years or with their DOIs."""
    marks = Reference.objects.filter(pk__in=works).values_list("issued_year", "doi")
    years, dois = {year for year, _ in marks}, {doi.lower() for _, doi in marks if doi}
    near = Q(issued_year__in=years - {None}) | Q(bare_doi__in=dois)
    if None in years:
        near |= Q(issued_year=None)
    return Reference.objects.alias(bare_doi=Lower("doi")).filter(near)


def marks_of(works):
    """Two queries."""
    surnames, bodies, makers = names_of(works)
    known_by = ("pk", "doi", "title", "issued_year", "type", "container_title")
    numbers = ("edition", "volume", "issue")
    rows = works.order_by().values_list(*known_by, *numbers, "page", "publisher", "url")
    return [
        work_marks(
            *(key, doi, title, year, surnames[key]),
            bodies=bodies[key],
            kind=kind,
            container=container,
            numbers=rest[:3],
        ).closer(makers["author"][key] or makers["editor"][key], rest[3:])
        for key, doi, title, year, kind, container, *rest in rows
    ]


def names_of(works):
    """Surnames and bodies by work, and names as marks by role and work. One query."""
    made = Contribution.objects.order_by().filter(reference__in=works.order_by())
    surnames, bodies = defaultdict(list), defaultdict(list)
    makers = {"author": defaultdict(list), "editor": defaultdict(list)}
    parts = ("person__family", "person__given", "person__literal")
    for key, role, family, given, literal in made.values_list(
        "reference", "role", *parts
    ):
        (bodies if literal else surnames)[key].append(literal or family)
        makers[role][key].append(name_marks(0, family, given, "", literal))
    return surnames, bodies, makers


def marks_of_people():
    fields = ("pk", "family", "given", "suffix", "literal")
    return [name_marks(*row) for row in Person.objects.order_by().values_list(*fields)]
