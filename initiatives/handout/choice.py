"""What an address of the handout means: which cases, and in which form.

The cases are named one by one, or are those of a list of cases with the same query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from casebase.templatetags.text_filters import with_noun
from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.named_cases import NamedCases

MOST = 12
# Parameters that say how the handout looks, not which cases it has.
OWN_PARAMETERS = ("form", "style", "locale")

type Parameters = list[tuple[str, str]]


class Form(StrEnum):
    """How much is said of each case; the values are those of addresses."""

    FULL = "full"
    SHORT = "short"

    @property
    def label(self) -> str:
        return "Two pages a case" if self == Form.FULL else "One page a case"


@dataclass(frozen=True)
class Choice:
    """The cases of a handout, twelve at most, of which some may be withdrawn.

    ``subject`` says which they are: “4 cases that met mistrust”. ``parameters`` are
    those of the address that choose them. ``left_out`` are names of cases that no
    longer fit in, ``n_left_out`` is how many there are, and ``others`` are pairs of
    words and the parameters of a handout with other cases. ``unknown`` are names of no
    case; ``errors`` are sentences on what makes no sense.
    """

    subject: str
    cases: Sequence[Any]
    parameters: Parameters = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)
    n_left_out: int = 0
    others: list[tuple[str, Parameters]] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """“12 of 41 cases that met mistrust” if some are left out."""
        some = f"{len(self.cases)} of " if self.n_left_out and self.cases else ""
        return f"{some}{self.subject}"

    @property
    def n_unnamed(self) -> int:
        """How many cases are left out whose names are not listed."""
        return self.n_left_out - len(self.left_out)

    @property
    def status(self) -> int:
        """The status of a response with these cases."""
        if self.errors:
            return 400
        return 404 if self.unknown else 200


class NamedChoice(NamedCases):
    """The cases that an address names."""

    most = MOST
    parameters = ("case", *OWN_PARAMETERS)


class FilteredChoice(InitiativeFilter):
    """The filter form of the list of cases, with twelve cases on a page."""

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(self.matches, MOST)


def choose_named(named: NamedChoice) -> Choice:
    """Return the cases that are named, the first twelve."""
    rest = named.surplus
    following = [("case", case.slug) for case in rest]
    return Choice(
        with_noun(len(named.named), "case,cases"),
        named.cases,
        [("case", slug) for slug in named.slugs],
        [case.name for case in rest],
        len(rest),
        [("A handout of those", following)] if rest else [],
        named.unknown,
        named.errors,
    )


def choose_filtered(query: QueryDict) -> Choice:
    """Return the cases of a list, twelve at a time, as its query filters and sorts it.

    Raises Http404 if the list has no such page.
    """
    filterset = build_filterset(query)
    page, n = filterset.current_page, filterset.paginator.count
    pages = {}
    if page.has_previous():
        pages["Those before"] = page.previous_page_number()
    if page.has_next():
        pages["The next"] = page.next_page_number()
    end = page.end_index()
    following = filterset.matches.values("pk", "name")[end : end + MOST]
    return Choice(
        filterset.sentence,
        page.object_list,
        parameters_of(filterset, page.number),
        [case["name"] for case in following],
        n - len(page.object_list),
        [(words, parameters_of(filterset, number)) for words, number in pages.items()],
        errors=filterset.error_messages,
    )


def build_filterset(query: QueryDict) -> FilteredChoice:
    query = query.copy()
    for name in OWN_PARAMETERS:
        query.pop(name, None)
    return FilteredChoice(query, Initiative.objects.published())


def parameters_of(filterset: InitiativeFilter, number: int) -> Parameters:
    """Return the parameters of a page of a list, in their canonical form."""
    page = [("page", str(number))] if number > 1 else []
    return [*filterset.parameters, *page]


def choose_listed(
    cases: Sequence[Any], subject: str, number: int, gone: Iterable[str]
) -> Choice:
    """Return twelve cases of a list that a reader keeps, in its order.

    ``number`` is that of the page; ``gone`` are names of cases that can't be shown.
    """
    page = Paginator(cases, MOST).get_page(number)
    rest = [case.name for case in cases if case not in page.object_list]
    missing = [f"{name} (not public now)" for name in gone]
    numbers = {"Those before": page.number - 1, "The next": page.number + 1}
    return Choice(
        subject,
        page.object_list,
        [("page", str(page.number))] if page.number > 1 else [],
        [*rest, *missing],
        len(rest) + len(missing),
        [
            (words, [("page", str(other))] if other > 1 else [])
            for words, other in numbers.items()
            if 1 <= other <= page.paginator.num_pages
        ],
    )


def read_form(query: QueryDict) -> tuple[Form, list[str]]:
    """Return the form, and sentences on what makes no sense in its parameter."""
    value = query.get("form") or Form.FULL
    if value in set(Form):
        return Form(value), []
    return Form.FULL, ["“form” is one of: " + ", ".join(Form) + "."]
