"""What the page of a search shows: the best of each kind. Knows nothing of HTTP."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

from django.db.models import Count
from django.urls import reverse

from casebase.facets.snapshot_cache import current_snapshot
from casebase.search import queries
from casebase.search.spelling import FEW, corrected, is_likely_typo
from initiatives.facets import case_index
from initiatives.models import Concept, Finding, Initiative
from references.models import Reference

# A question, not a text; the lists take as much.
LONGEST = 200
SHOWN = 5
# Of records with some of the words so many are ranked with what terms lead to.
COMPARED = 100
# So many strategies are shown for so many barriers, each named by so many statements.
STRATEGIES, BARRIERS, OFTEN = 2, 2, 3
# Ranks are joined as 1 / (60 + rank): Cormack, Clarke and Büttcher (2009), “Reciprocal
# rank fusion outperforms Condorcet and individual rank learning methods”, SIGIR.
DAMPING = 60


@dataclass(frozen=True)
class Section:
    """One kind of record: how it is called, whence it is read, where all are listed."""

    kind: str
    counted: str
    records: Callable
    list_name: str = ""
    read: int = SHOWN

    @property
    def many(self):
        return self.counted.split(",")[1]


TERMS = Section(
    # They have no list to go on to, and are not many: all of them are here.
    "concept",
    "term,terms",
    Concept.objects.all,
    read=500,
)
CASES = Section(
    "initiative", "case,cases", Initiative.objects.published, "initiatives:list"
)
WORKS = Section(
    "reference", "work,works", Reference.objects.with_contributors, "references:list"
)


@dataclass(frozen=True)
class Results:
    """The best records of one kind, with ``snippets``; how many have all the words.

    ``nearest`` have not all of them: each says which it is ``without``, or, if it has
    none, with which of the ``terms`` that were found it is coded.
    """

    section: Section
    total: int
    records: list
    nearest: list
    list_url: str

    @property
    def first(self):
        return self.records[:SHOWN]

    @property
    def others(self):
        return self.records[SHOWN:]


class SearchPage:
    """The answer to a text that a reader typed."""

    def __init__(self, text):
        # HTML has no way to write a NUL.
        self.text = text.replace("\0", " ").strip()

    @property
    def is_too_long(self):
        return len(self.text) > LONGEST

    @property
    def has_words(self):
        return not self.is_too_long and queries.has_words(self.text)

    @cached_property
    def better_text(self):
        """The text in another spelling, where little has all of the words."""
        if not self.has_words or self._count_matches(self.text) >= FEW:
            return None
        return corrected(self.text)

    @property
    def is_corrected(self):
        """Whether the other spelling is looked for at once: nothing has this one, and
        no other is as likely."""
        is_likely = self.better_text and is_likely_typo(self.text, self.better_text)
        return bool(is_likely) and not self._count_matches(self.text)

    def _count_matches(self, text):
        return sum(
            len(queries.matching(section.kind, text))
            for section in (TERMS, CASES, WORKS)
        )

    @property
    def asked(self):
        return self.better_text if self.is_corrected else self.text

    @property
    def reading(self):
        """How the text was read."""
        return queries.parse(self.asked)

    @cached_property
    def results(self):
        """Of each kind that has any: the terms lead, but kinds of which none has all of
        the words stand behind those of which some have."""
        if not self.has_words:
            return []
        terms = results_of(TERMS, self.asked)
        add_cases(terms)
        leading = [*terms.first, *terms.nearest][:SHOWN]
        cases = results_of(CASES, self.asked, leading)
        terms = with_responses(terms)
        add_cases(terms)
        found = [terms, cases, results_of(WORKS, self.asked)]
        shown = [results for results in found if results.total or results.nearest]
        return sorted(shown, key=lambda results: not results.total)

    @property
    def total_exclusion(self):
        """A TotalExclusion if the exclusions of the text leave nothing, else None."""
        return queries.find_total_exclusion(self.asked, self._count_matches)

    @property
    def total(self):
        """How many records have all of the words."""
        return sum(results.total for results in self.results)


def results_of(section, text, terms=()):
    """Those with all of the words and, if these are few, those with most of them.

    Cases are also found by ``terms``, the best first, whose ``cases`` they are.
    """
    found = queries.matching(section.kind, text)
    # Nothing is ranked where a query only says what is unwanted.
    best = queries.ranked(section.kind, text, section.read) or found[: section.read]
    nearest, coded = {}, {}
    if len(found) < SHOWN and queries.parse(text).wanted:
        others = found | queries.excluded(section.kind, text)
        nearest = queries.nearest(section.kind, text, others, COMPARED)
        coded = cases_of(terms, others)
    near = fused(list(nearest), coded, terms)[:SHOWN]
    records = section.records().in_bulk([*best, *near])
    explain(section.kind, records, best, text)
    explain(section.kind, records, near, text, singly=True)
    for key, record in records.items():
        record.without = nearest.get(key, ())
        record.terms = coded.get(key) if key not in nearest else None
    listed = section.list_name and reverse(section.list_name, query={"q": text})
    lists = ([records[key] for key in keys if key in records] for keys in (best, near))
    return Results(section, len(found), *lists, listed)


def add_cases(results):
    """Set ``cases`` on each of the terms: the published ones that it is coded in."""
    coded = case_index(current_snapshot()).facets["term"]
    for term in [*results.records, *results.nearest]:
        term.cases = coded.any([term.pk])


def with_responses(results):
    """The terms, and behind the first barriers the strategies most used against them.

    Only where few terms have all of the words: then the reader tells of a trouble in
    words of their own, and what helped against it seldom has any of these.
    """
    found = [*results.records, *results.nearest]
    barriers = [term for term in found if term.scheme_id == "barriers"][:BARRIERS]
    if not (results.nearest and barriers):
        return results
    against = strategies_against(barriers)
    paired = [term for term in against if term not in results.records][:STRATEGIES]
    nearest = [term for term in results.nearest if term not in paired]
    for term in reversed(paired):
        barrier = term.responds_to
        place = nearest.index(barrier) + 1 if barrier in nearest else 0
        nearest.insert(place, term)
    return replace(results, nearest=nearest)


def strategies_against(barriers):
    """Strategies that many statements on these barriers name, the most frequent first.

    Each has ``responds_to``, the barrier, and ``statements``, the number of these.
    """
    statements = Finding.objects.published().filter(concept__in=barriers)
    pairs = statements.values_list("concept", "strategies").exclude(strategies=None)
    often = pairs.annotate(n=Count("pk")).filter(n__gte=OFTEN).order_by("n")
    found = {strategy: (barrier, number) for barrier, strategy, number in often}
    known = Concept.objects.in_bulk(found)
    by_key = {barrier.pk: barrier for barrier in barriers}
    for key, (barrier, number) in found.items():
        known[key].responds_to, known[key].statements = by_key[barrier], number
    return [known[key] for key in reversed(found)]


def explain(kind, records, keys, text, *, singly=False):
    """Set ``snippets`` on some of the records: why they were found."""
    snippets = queries.snippets(kind, keys, text, singly=singly)
    for key in records.keys() & set(keys):
        records[key].snippets = snippets.get(key, ())


def cases_of(terms, others):
    """Published case → those of the terms that it is coded with; none of others."""
    coded = defaultdict(list)
    for term in terms:
        for key in (term.cases - others)[:COMPARED]:
            coded[key].append(term)
    return coded


def fused(ranked, coded, terms):
    """Keys in the order of two rankings together: by words, and by terms of cases.

    The more of the words its terms have, and the better the first of them, the better
    is a case; many are equally good.
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
