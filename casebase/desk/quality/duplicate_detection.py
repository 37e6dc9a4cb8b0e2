"""Updates the pairs of likely duplicate works and names after works changed."""

from itertools import batched

from casebase.desk.duplicates.similarity_rules import (
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

# When more works than this change at once, all works are compared again.
MAX_CHANGED_WORKS = 1_000
CHUNK_SIZE = 500


def update_duplicates(works):
    """Update the pairs of these works (primary keys) and of their creators.

    Takes seven queries, and none if there are no works.
    """
    works = set(works)
    if len(works) > MAX_CHANGED_WORKS:
        every_work = normalized_works(Reference.objects.all())
        replace_pairs(WorkLikeness, find_similar_works(every_work))
        replace_pairs(PersonLikeness, find_similar_names(normalized_names()))
    elif works:
        found = find_similar_works(normalized_works(possible_duplicates(works)), works)
        replace_pairs(WorkLikeness, found, works)
        contributions = Contribution.objects.filter(reference__in=works)
        people = set(contributions.order_by().values_list("person", flat=True))
        found = find_similar_names(normalized_names(), people)
        replace_pairs(PersonLikeness, found, people)


def possible_duplicates(works):
    """Return these works and those with their years or DOIs, which may be like them."""
    rows = Reference.objects.filter(pk__in=works).values_list("issued_year", "doi")
    return works_near({year for year, _ in rows}, {doi for _, doi in rows})


def replace_pairs(model, pairs, records=None):
    """Make these pairs (pair → reason) the only ones of these records, or of all.

    A pair keeps the judgement that people made of it.
    """
    existing = (
        model.objects.all() if records is None else model.objects.involving(records)
    )
    rows = {(row.one_id, row.other_id): row for row in existing.order_by()}
    outdated = [row.pk for pair, row in rows.items() if row.why != pairs.get(pair)]
    for chunk in batched(outdated, CHUNK_SIZE):
        model.objects.filter(pk__in=chunk).delete()
    refuted = {pair for pair, row in rows.items() if row.is_refuted}
    model.objects.bulk_create(
        [
            model(one_id=pair[0], other_id=pair[1], why=why, is_refuted=pair in refuted)
            for pair, why in pairs.items()
            if pair not in rows or rows[pair].why != why
        ],
        batch_size=CHUNK_SIZE,
    )
