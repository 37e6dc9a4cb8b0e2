"""The content of the page of a term: its cases, their findings, and related terms."""

import re
from functools import cached_property, partial
from itertools import chain

from casebase.charts.bars import MOST_SHOWN
from casebase.facets.snapshot_cache import current_snapshot
from casebase.lists.charts import ListCharts
from initiatives.charts import cases_by_country, cases_by_year, of_cases
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.locators import locate_cases
from initiatives.models import Finding, Initiative
from initiatives.term_answers import TermAnswer

# The page shows no more than this; the list of cases has all of them.
MAX_CASES_SHOWN = 30
MAX_FINDINGS_SHOWN = 30
# Splits a text at what stands in quotation marks.
QUOTED = re.compile(r"(?<=“)([^“”]+)(?=”)")
MAX_RELATED_SHOWN = 12
# Of fewer cases there are no charts.
FEWEST_CHARTED = 4


class ConceptPage:
    """The published evidence on a concept and its narrower terms.

    ``keys`` are the primary keys of these terms, ``found`` those of the cases that have
    one of them.
    """

    def __init__(self, concept):
        self.concept = concept
        self.snapshot = current_snapshot()
        self.codebook = Codebook.for_snapshot(self.snapshot)
        self.keys = self.codebook.with_narrower([concept])
        self.cases = case_index(self.snapshot)
        self.answer = TermAnswer(concept, self.snapshot)
        self.found = self.cases.facets["term"].any([concept.pk])

    @property
    def n_cases(self):
        """The number of published cases that have the concept or a narrower term."""
        return len(self.found)

    @cached_property
    def locator(self):
        """A small map with all of these cases, or None if none of them has a point."""
        return locate_cases(self.snapshot, self.found)

    @property
    def locator_title(self):
        """“Where its 9 cases are”, or how many of them if some have no point."""
        shown, total = self.locator.n, self.n_cases
        if total == 1:
            return "Where its case is"
        of = "its" if shown == total else f"{shown:,} of its"
        return f"Where {of} {total:,} cases are"

    @cached_property
    def charts(self):
        """Its cases by country and by year, if they are more than a glance takes in."""
        if self.n_cases < FEWEST_CHARTED:
            return None
        parameters = {self.concept.words.parameter: self.concept.slug}
        shown = self.snapshot, self.found, partial(of_cases, **parameters)
        countries = cases_by_country(*shown, most=MOST_SHOWN)
        return ListCharts([countries], cases_by_year(*shown))

    @cached_property
    def initiatives(self):
        """The first MAX_CASES_SHOWN of these cases, by name.

        The page has their cards if there are no findings.
        """
        shown = self.cases.page(self.found, "name", 0, MAX_CASES_SHOWN)
        cases = Initiative.objects.published()
        if not self.findings:
            cases = cases.with_card_details()
        by_key = cases.in_bulk(shown)
        return [by_key[key] for key in shown if key in by_key]

    @cached_property
    def findings(self):
        """The first MAX_FINDINGS_SHOWN findings on it, each once.

        Statements with reported results and the better supported ones come first.
        Modes are no statements; they are sorted by case.
        """
        found = Finding.objects.published().with_sources().select_related("initiative")
        if self.concept.scheme_id == "modes":
            modes = found.filter(concept__in=self.keys).order_by("initiative__name")
            return list(modes[:MAX_FINDINGS_SHOWN])
        keys = self.answer.best(MAX_FINDINGS_SHOWN)
        by_key = {finding.pk: finding for finding in found.filter(pk__in=keys)}
        return [by_key[key] for key in keys if key in by_key]

    @property
    def sources(self):
        """The sources of the definition and of the findings, from prefetched lists."""
        cited = (finding.sources.all() for finding in self.findings)
        return [*self.concept.sources.all(), *chain.from_iterable(cited)]

    @property
    def broader(self):
        return self.codebook.concepts.get(self.concept.broader_id)

    @property
    def narrower(self):
        """Pairs of a narrower term and its number of cases."""
        counts = self._counts(self.cases.all_keys)
        return [
            (concept, counts.get(concept.pk, 0))
            for concept in self.codebook.concepts.values()
            if concept.broader_id == self.concept.pk
        ]

    @property
    def scope_note(self):
        """Pairs of a text and the term that it names, or None.

        A scope note names other terms by their labels, in quotation marks.
        """
        terms = {concept.label: concept for concept in self.codebook.concepts.values()}
        pieces = QUOTED.split(self.concept.scope_note)
        return [(piece, terms.get(piece)) for piece in pieces if piece]

    @cached_property
    def near(self):
        """Pairs of a related term of the same scheme and in how many cases both are."""
        counts = self._counts(self.found)
        return [
            (other, counts.get(other.pk, 0))
            for other in self._related_terms
            if other.scheme_id == self.concept.scheme_id
        ]

    @cached_property
    def suggested_strategies(self):
        """Triples of a strategy, how many statements say that it met this, and where.

        The codebook suggests them, whether or not a case has tried them.
        """
        return [
            (other, *self.answer.met_by(other))
            for other in self._related_terms
            if other.scheme_id != self.concept.scheme_id
        ]

    @cached_property
    def _related_terms(self):
        related = self.concept.related_terms.values_list("other", flat=True)
        return [self.codebook.concepts[key] for key in related]

    @cached_property
    def siblings(self):
        """Pairs of a term beside it in the codebook and its number of cases.

        Those with the most reported results come first.
        """
        counts = self._counts(self.cases.all_keys)
        beside = [
            concept
            for concept in self.codebook.concepts.values()
            if self.concept.broader_id
            and concept.broader_id == self.concept.broader_id
            and concept.pk != self.concept.pk
            and concept.pk in counts
        ]
        reported = {concept.pk: self.answer.n_reported(concept) for concept in beside}
        beside.sort(key=lambda concept: -reported[concept.pk])
        return [(concept, counts[concept.pk]) for concept in beside]

    @cached_property
    def related(self):
        """Pairs of another term and the number of cases that have both, largest first.

        Only terms that at least two of the cases have.
        """
        counts = self._counts(self.found)
        near = {*self.keys, *self.codebook.with_broader(self.concept.pk)}
        shared = [
            (concept, n)
            for concept in self.codebook.concepts.values()
            if (n := counts.get(concept.pk, 0)) > 1
            and concept.pk not in near
            and not concept.is_heading
            and concept.scheme_id not in ("service-areas", "modes")
        ]
        return sorted(shared, key=lambda pair: -pair[1])[:MAX_RELATED_SHOWN]

    def _counts(self, cases):
        return self.cases.facets["term"].counts(cases)
