"""What the home page shows. Every number is that of the list that it opens."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from casebase.facets.snapshot import Snapshot
from casebase.site.barrier_results import BarrierResults
from casebase.site.statistics import public_statistics
from casebase.templatetags.text_filters import with_noun
from initiatives.case_page import KIND_TITLES
from initiatives.codebook import Codebook
from initiatives.facets import case_index
from initiatives.findings.index import finding_index
from initiatives.findings.specimen import find_specimen
from initiatives.locators import Locator, locate_cases
from initiatives.matrix.excerpt import Excerpt, most_frequent
from initiatives.models import Initiative

NEWEST_SHOWN, IN_VAIN_SHOWN = 3, 3
ROWS_SHOWN, COLUMNS_SHOWN = 6, 5
# A barrier, and how a reader puts it: its hidden labels have these words, so that the
# search finds it by them, too.
EXAMPLE = ("barriers", "loss-of-status-and-control")
EXAMPLE_WORDS = "Our councillors fear losing control"


@dataclass(frozen=True)
class Count:
    """A number of records, and the address of the list of them.

    ``words`` are the question that they answer, or what a sentence says of them.
    """

    words: str
    n: int
    address: str
    nouns: str = ""


class HomePage:
    """The parts of the home page, from one snapshot. A fixed number of queries."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._cases, self._findings = case_index(snapshot), finding_index(snapshot)

    @cached_property
    def statistics(self) -> dict[str, int]:
        return public_statistics()

    @property
    def questions(self) -> list[Count]:
        """Questions in the words of readers, without those that nothing answers."""
        savings = {"kind": "saving", "figure": "1"}
        all_questions = [
            *self._on_example(),
            self._findings_with("What did it save?", "figure,figures", **savings),
            self._cases_in_the_country(),
        ]
        return [question for question in all_questions if question.n]

    def _on_example(self) -> list[Count]:
        """Return the question on the barrier EXAMPLE, if the codebook has it."""
        term = Codebook.for_snapshot(self.snapshot).by_slug.get(EXAMPLE)
        if term is None:
            return []
        n = self._cases.facets["term"].count(term.pk, self._cases.all_keys)
        return [Count(EXAMPLE_WORDS, n, term.get_absolute_url(), "case,cases")]

    def _cases_in_the_country(self) -> Count:
        rural = Initiative.Settlement.RURAL
        n = self._cases.facets["settlement"].count(rural, self._cases.all_keys)
        address = f"{reverse('initiatives:list')}?{urlencode({'settlement': rural})}"
        return Count("Who did this in a rural area?", n, address, "case,cases")

    def _findings_with(
        self, words: str, nouns: str = "", **values: str | list[str]
    ) -> Count:
        """Return how many findings have these values of facets, or one of several."""
        sets = [
            self._findings.facets[facet].any(
                [value] if isinstance(value, str) else value
            )
            for facet, value in values.items()
        ]
        address = f"{reverse('findings:list')}?{urlencode(values, doseq=True)}"
        return Count(words, len(self._findings.matching(sets)), address, nouns)

    @cached_property
    def excerpt(self) -> Excerpt:
        """The barriers that most cases met, by the strategies used most."""
        return most_frequent("kind=barrier", self.snapshot, ROWS_SHOWN, COLUMNS_SHOWN)

    @cached_property
    def locator(self) -> Locator | None:
        """A small map with all cases, or None if none of them has a point."""
        return locate_cases(self.snapshot, self._cases.all_keys)

    @property
    def map_link(self) -> str:
        """“41 cases on a map”."""
        n = self.locator.n if self.locator else 0
        return f"{with_noun(n, 'case,cases')} on a map"

    @cached_property
    def barriers(self) -> BarrierResults:
        return BarrierResults(self.snapshot)

    @cached_property
    def specimen(self) -> Any:
        """The finding shown as an example, or None."""
        return find_specimen(self.snapshot)

    @cached_property
    def newest(self) -> list[Initiative]:
        keys = self._cases.page(self._cases.all_keys, "newest", 0, NEWEST_SHOWN)
        published = Initiative.objects.published().with_card_details()
        return list(published.newest().filter(pk__in=keys))

    @property
    def known(self) -> list[Count]:
        """What makes findings reliable, and how many have it."""
        return [
            self._findings_with(
                "are supported or well supported", grade=["well", "supported"]
            ),
            self._findings_with("are stated by the source as such", basis="stated"),
            self._findings_with("have a figure", figure="1"),
        ]

    @property
    def unsure(self) -> list[Count]:
        """What makes findings less reliable, and how many have it."""
        return [
            self._findings_with("are thinly supported", grade="thin"),
            self._findings_with("rest on a single work", **{"single-work": "1"}),
            self._findings_with(
                "are known only from summaries", **{"second-hand": "1"}
            ),
            self._findings_with("are points on which sources disagree", disputed="1"),
        ]

    @property
    def missing(self) -> list[Count]:
        """What is not told of barriers."""
        return [
            self._findings_with(
                "times nobody tells whether the response to a barrier worked",
                kind="barrier",
                response="1",
                direction="not-reported",
            ),
            self._findings_with(
                "times nobody tells how a barrier was met", kind="barrier", response="0"
            ),
        ]

    @property
    def in_vain(self) -> list[tuple[str, int]]:
        """Pairs of a kind of finding and the number of cases without one.

        Only cases for which somebody looked for it; the kinds with most cases.
        """
        values, cases = self._cases.facets["not-found"], self._cases.all_keys
        counts = values.top_counts(cases, IN_VAIN_SHOWN)
        return [(KIND_TITLES[kind].lower(), n) for kind, n in counts.items()]
