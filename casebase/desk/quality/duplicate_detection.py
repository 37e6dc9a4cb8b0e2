"""Keeps the pairs of works and of names that look alike, whenever works are written."""

from itertools import batched

from casebase.desk.duplicates.likeness_rules import (
    find_similar_names,
    find_similar_works,
)
from casebase.desk.duplicates.stored_records import (
    normalized_names,
    normalized_works,
    works_near,
)
from casebase.desk.quality.models import PersonLikeness, WorkLikeness
from references.models import Contribution, Reference

# When more works than these change at once, all works are compared anew.
MANY = 1_000
CHUNK = 500


def update_duplicates(works):
    """Keep which pairs look alike, of these works (primary keys) and their creators.

    Seven queries, and none where there are no works.
    """
    works = set(works)
    if len(works) > MANY:
        every_work = normalized_works(Reference.objects.all())
        save_pairs(WorkLikeness, find_similar_works(every_work))
        save_pairs(PersonLikeness, find_similar_names(normalized_names()))
    elif works:
        found = find_similar_works(normalized_works(neighbors_of(works)), works)
        save_pairs(WorkLikeness, found, works)
        made = Contribution.objects.filter(reference__in=works)
        people = set(made.order_by().values_list("person", flat=True))
        found = find_similar_names(normalized_names(), people)
        save_pairs(PersonLikeness, found, people)


def neighbors_of(works):
    """These works, and those that may be like them: of their years, with their DOIs."""
    rows = Reference.objects.filter(pk__in=works).values_list("issued_year", "doi")
    return works_near({year for year, _ in rows}, {doi for _, doi in rows})


def save_pairs(model, pairs, records=None):
    """Have rows for these pairs and no others: of these records, or of all."""
    before = model.objects.all() if records is None else model.objects.of(records)
    rows = {(row.one_id, row.other_id): row for row in before.order_by()}
    outdated = [row.pk for pair, row in rows.items() if row.why != pairs.get(pair)]
    for chunk in batched(outdated, CHUNK):
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
