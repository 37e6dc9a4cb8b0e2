"""The sections of a page of results: the best records of each kind, and why.

Cases are ranked in two ways, by their own words and by the terms that they are coded
with, and both rankings are fused.
"""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from casebase.facets.snapshot_cache import current_snapshot
from casebase.search import queries
from initiatives.facets import case_index
from initiatives.models import Concept, Initiative
from references.models import Reference

SHOWN = 5
# This many records with some of the words are ranked by the terms they share.
COMPARED = 100
# Rankings are fused by 1 / (60 + rank): Cormack, Clarke and Büttcher (2009),
# “Reciprocal rank fusion outperforms Condorcet and individual rank learning methods”,
# SIGIR.
DAMPING = 60


@dataclass(frozen=True)
class ResultSection:
    """What a section of the page lists.

    ``counted`` is the singular and plural noun; ``records()`` returns the queryset of
    the records; ``list_name`` names the URL of the list of all that are found;
    ``limit`` is how many are read.
    """

    kind: str
    counted: str
    records: Callable[[], QuerySet[Any]]
    list_name: str = ""
    limit: int = SHOWN

    @property
    def many(self):
        return self.counted.split(",")[1]

    def list_url(self, text):
        """The address of the list of all records for a text, if there is a list."""
        return self.list_name and reverse(self.list_name, query={"q": text})


TERMS = ResultSection(
    # All terms are on the page, for they have no list to go on to and are not many.
    "concept",
    "term,terms",
    Concept.objects.all,
    limit=500,
)
CASES = ResultSection(
    "initiative", "case,cases", Initiative.objects.published, "initiatives:list"
)
WORKS = ResultSection(
    "reference", "work,works", Reference.objects.with_contributors, "references:list"
)


@dataclass(frozen=True)
class Results:
    """The results of one section.

    ``total`` is the number of records with all of the words, ``records`` the best of
    these, ``nearest`` the best of those with some of the words. Each record has
    ``snippets``. Each of the nearest has ``without``, the words that it lacks, or if it
    has none of them ``terms``, those of the terms found that it is coded with.
    """

    section: ResultSection
    total: int
    records: list[Any]
    nearest: list[Any]
    list_url: str

    @property
    def first(self):
        return self.records[:SHOWN]

    @property
    def others(self):
        return self.records[SHOWN:]


def results_of(section, text, terms=()):
    """The Results for a text: records with all of the words and, if these are fewer
    than shown, those with most of them.

    Cases are also found by ``terms``, the best first, whose ``cases`` they are.
    """
    found = queries.matching(section.kind, text)
    # Nothing is ranked by a query that consists of exclusions.
    best = queries.ranked(section.kind, text, section.limit) or found[: section.limit]
    nearest, coded = {}, {}
    if len(found) < SHOWN and queries.parse(text).wanted:
        others = found | queries.excluded(section.kind, text)
        nearest = queries.nearest(section.kind, text, others, COMPARED)
        coded = cases_of(terms, others)
    near = fuse(list(nearest), coded, terms)[:SHOWN]
    records = section.records().in_bulk([*best, *near])
    add_snippets(section.kind, records, best, text)
    add_snippets(section.kind, records, near, text, singly=True)
    for key, record in records.items():
        record.without = nearest.get(key, ())
        record.terms = coded.get(key) if key not in nearest else None
    with_all = [records[key] for key in best if key in records]
    with_some = [records[key] for key in near if key in records]
    list_url = section.list_url(text)
    return Results(section, len(found), with_all, with_some, list_url)


def add_snippets(kind, records, keys, text, *, singly=False):
    """Set ``snippets`` on the records with these keys: why they were found."""
    snippets = queries.snippets(kind, keys, text, singly=singly)
    for key in records.keys() & set(keys):
        records[key].snippets = snippets.get(key, ())


def add_cases(results):
    """Set ``cases`` on each of the terms: a bitmap of the published cases with it."""
    coded = case_index(current_snapshot()).facets["term"]
    for term in [*results.records, *results.nearest]:
        term.cases = coded.any([term.pk])


def cases_of(terms, others):
    """Return published case → the terms that it is coded with, without ``others``."""
    coded = defaultdict(list)
    for term in terms:
        for key in (term.cases - others)[:COMPARED]:
            coded[key].append(term)
    return coded


def fuse(ranked, coded, terms):
    """Fuse two rankings of keys into one list: by words, and by the terms of cases.

    A case is the better, the more of the words its terms have, and then the better the
    first of its terms is. Many cases are equally good by their terms.
    """
    scores = {key: 1 / (DAMPING + n) for n, key in enumerate(ranked, 1)}
    lacking = {
        key: (
            len(set.intersection(*(set(term.without) for term in of_case))),
            terms.index(of_case[0]),
        )
        for key, of_case in coded.items()
    }
    ranks = {pair: n for n, pair in enumerate(sorted(set(lacking.values())), 1)}
    for key, pair in lacking.items():
        scores[key] = scores.get(key, 0) + 1 / (DAMPING + ranks[pair])
    return sorted(scores, key=lambda key: (-scores[key], key))
