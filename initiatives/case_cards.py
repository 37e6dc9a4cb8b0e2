"""The cards of cases in their list, each rendered once until its case changes.

A card is the same for all readers. What differs from page to page is added by the
template: passages with the words of a query, findings on the terms that are filtered
by, and whether the reader has kept the case.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from casebase.facets.snapshot import Snapshot
from casebase.lists.result_set import ResultSet
from casebase.metadata.page_description import Absolute
from casebase.registry import kind_of
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.record_metadata import case_work
from references.metadata.coins import context_object

# What templates and metadata need of a case besides its parts.
NEEDED = {"id", "slug", "name", "status", "published_on", "revised_on"}
# In the order of the model, as ``from_db`` takes them.
FIELDS = [
    field.attname
    for field in Initiative._meta.concrete_fields
    if field.attname in NEEDED
]
PARTS = {
    "identity": "initiatives/_row.html#identity",
    **{
        part: f"initiatives/_card.html#{part}"
        for part in ("start", "summary", "side", "end")
    },
}


class CaseCard(NamedTuple):
    """The fields of a case in the order of FIELDS, and the HTML of its parts."""

    fields: tuple[Any, ...]
    parts: dict[str, SafeString]

    @classmethod
    def of(cls, case: Initiative, absolute: Absolute) -> "CaseCard":
        """Render the card of a case with card details."""
        coins = context_object(case_work(case, absolute))
        context = {"initiative": case, "level": 2, "coins": coins}
        parts = {part: render_to_string(PARTS[part], context) for part in PARTS}
        return cls(tuple(getattr(case, name) for name in FIELDS), parts)

    def case(self) -> Initiative:
        """Return the case with ``parts``, to which a page may add what it shows.

        Other fields would be queried.
        """
        case = Initiative.from_db(None, FIELDS, self.fields)
        case.parts, case.snippets, case.reasons = self.parts, (), []
        return case


class CardSet(ResultSet):
    """The cards of a result set of cases; those that were not kept are rendered."""

    def __init__(
        self, cases: ResultSet, snapshot: Snapshot, absolute: Absolute
    ) -> None:
        super().__init__(
            cases.records, cases.index, cases.keys, cases.order, cases.leading_keys
        )
        self.rendered, self.absolute = snapshot.rendered, absolute

    def _fetch(self, keys: Iterable[int]) -> list[Any]:
        # A card names its case by its address, so it belongs to one host.
        site = self.absolute("/")
        cards = {key: self.rendered.get((site, "card", key)) for key in keys}
        missing = [key for key, card in cards.items() if card is None]
        if missing:
            self.records = self.records.with_card_details()
            for case in super()._fetch(missing):
                card = cards[case.pk] = CaseCard.of(case, self.absolute)
                shown = [(kind_of(case), case.pk)]
                self.rendered.keep((site, "card", case.pk), card, shown)
        return [card.case() for card in cards.values() if card]


class CaseList(InitiativeFilter):
    """The filter form of the list of cases, for the page that shows their cards."""

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request.GET, Initiative.objects.published())
        self.absolute = request.build_absolute_uri

    @cached_property
    def paginator(self) -> Paginator:
        cards = CardSet(self.matches, self.snapshot, self.absolute)
        return Paginator(cards, super().paginator.per_page)
