"""What the page of a search shows. Knows nothing of HTTP."""

from functools import cached_property

from casebase.search import queries
from casebase.search.spelling import FEW, corrected, is_likely_typo
from casebase.site.search.asked_lists import asked_lists
from casebase.site.search.pages import find_pages, page_words
from casebase.site.search.results import (
    CASES,
    SHOWN,
    TERMS,
    WORKS,
    add_cases,
    results_of,
)
from casebase.site.search.strategies import with_strategies

# Enough for a question; the lists accept as many letters.
LONGEST = 200


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
        """The text in another spelling, if few records have all of its words."""
        if not self.has_words or self._count_matches(self.text) >= FEW:
            return None
        return corrected(self.text, page_words())

    @property
    def is_corrected(self):
        """Whether the other spelling is searched for at once: nothing has this one, and
        it is likely a typo."""
        is_typo = self.better_text and is_likely_typo(self.text, self.better_text)
        return bool(is_typo) and not self._count_matches(self.text)

    def _count_matches(self, text):
        return sum(
            len(queries.matching(section.kind, text))
            for section in (TERMS, CASES, WORKS)
        )

    @property
    def asked(self):
        """The text that is searched for."""
        return self.better_text if self.is_corrected else self.text

    @property
    def reading(self):
        """How the text was read, as a Query."""
        return queries.parse(self.asked)

    @cached_property
    def results(self):
        """A list of Results, one for each kind with any: terms, cases, works. Kinds
        that have some but not all of the words in any record come last."""
        if not self.has_words:
            return []
        terms = results_of(TERMS, self.asked)
        add_cases(terms)
        leading = [*terms.first, *terms.nearest][:SHOWN]
        cases = results_of(CASES, self.asked, leading)
        terms = with_strategies(terms)
        add_cases(terms)
        found = [terms, cases, results_of(WORKS, self.asked)]
        shown = [results for results in found if results.total or results.nearest]
        return sorted(shown, key=lambda results: not results.total)

    @cached_property
    def pages(self):
        """The pages of the site that are asked for."""
        return find_pages(self.asked) if self.has_words else []

    @cached_property
    def lists(self):
        """The lists that are asked for by values of their filters."""
        return asked_lists(self.asked) if self.has_words else []

    @property
    def total_exclusion(self):
        """A TotalExclusion if the exclusions of the text leave nothing, else None."""
        return queries.find_total_exclusion(self.asked, self._count_matches)

    @property
    def total(self):
        """How many records have all of the words."""
        return sum(results.total for results in self.results)
