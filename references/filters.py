"""What an address of the list of works means: its filters, facets and sentence."""

from functools import cached_property

from django import forms
from django.http import QueryDict
from pyroaring import BitMap

from casebase.desk.merging.models import people_once_called
from casebase.lists.facet_choices import Chip
from casebase.lists.filters import (
    FacetFilter,
    NamedFilter,
    NarrowingFilter,
    SortFilter,
    YearFilter,
    with_all,
)
from casebase.search.searchable_list import SearchedList, WordsFilter
from casebase.templatetags.text_filters import lowered
from initiatives.filters import AMONG_WORKS, InitiativeFilter
from initiatives.models import Finding, Initiative
from references.models import Person, Reference

# How many people and cases a facet offers; others are reached from a work's page.
PEOPLE_SHOWN, CASES_SHOWN = 15, 30
# How many cases stand beside a work in the list.
CITING_SHOWN = 3
SORTS = {
    "author": "Author and year",
    "newest": "Newest first",
    "title": "Title",
    "updated": "Recently added or changed",
    "cited": "Most cited",
}


def query_of_cases(query):
    """The part of a query that chooses cases, as the list of cases would have it."""
    cases = QueryDict(mutable=True)
    for name in InitiativeFilter.base_filters.keys() - {"page", "sort"}:
        called = AMONG_WORKS.get(name, name)
        if called in query:
            cases.setlist(name, query.getlist(called))
    return cases


def keys_of(works):
    return BitMap(works.order_by().values_list("pk", flat=True))


class KeyFilter(NarrowingFilter):
    """The one work with a citekey."""

    field_class = forms.CharField

    def __init__(self):
        super().__init__(label="Citekey", max_length=120)

    def having(self, key):
        return keys_of(Reference.objects.filter(key=key))


class ReferenceFilter(SearchedList):
    """The filter form of the list of works.

    Values of one facet widen the list, different facets narrow it. Any filter of the
    list of cases may stand in the address too: then the works are those that public
    statements of these cases rest on.
    """

    counted = ("work", "works")
    wordings = {
        "q": "with the words “{}”",
        "type": "of type {}",
        "chapter": "{}",
        "author": "by {}",
        "cited": "cited by {}",
        "kind": "cited for {}",
        "key": "with the citekey {}",
        "from": "since {}",
        "to": "up to {}",
    }

    q = WordsFilter("reference")
    type = FacetFilter(
        facet="type",
        may_want_all=False,
        label="Type",
        choices=Reference.Type.choices,
        error_messages={"invalid_choice": "“%(value)s” is no type of work."},
    )
    chapter = FacetFilter(
        facet="chapter",
        may_want_all=False,
        label="The chapter",
        choices=[("1", "Cited by the chapter")],
        error_messages={
            "invalid_choice": "Only “chapter=1” has a meaning, not “%(value)s”."
        },
    )
    author = NamedFilter(
        facet="author",
        records=Person.objects.all,
        formerly=people_once_called,
        shown=PEOPLE_SHOWN,
        label="Author",
        error_messages={"invalid_choice": "There is nobody called “%(value)s” here."},
    )
    cited = NamedFilter(
        facet="cited",
        records=Initiative.objects.published,
        shown=CASES_SHOWN,
        label="Cited by",
        error_messages={"invalid_choice": "There is no case “%(value)s”."},
    )
    kind = FacetFilter(
        facet="kind",
        label="Cited for",
        choices=Finding.Kind.choices,
        error_messages={"invalid_choice": "“%(value)s” is no kind of finding."},
    )
    key = KeyFilter()
    to = YearFilter("Up to", is_first=False)
    sort = SortFilter(SORTS)

    class Meta:
        model = Reference
        fields = []

    @classmethod
    def get_filters(cls):
        since = YearFilter("Since", is_first=True)
        return with_all(super().get_filters() | {"from": since})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        cases = Initiative.objects.published()
        chosen = query_of_cases(self.data)
        self.cases = InitiativeFilter(chosen, cases, snapshot=self.snapshot)

    @property
    def moved(self):
        """The query with people by their slugs of today, if it names former ones."""
        chosen = self.chosen.get("author", [])
        today = [self.filters["author"].today[slug] for slug in chosen]
        if today == chosen:
            return ""
        query = self.data.copy()
        query.setlist("author", list(dict.fromkeys(today)))
        return f"?{query.urlencode()}"

    @cached_property
    def index(self):
        if self.cases.chosen:
            return self.snapshot.works_behind(self.cases.found)
        return self.snapshot.works

    def is_valid(self):
        return super().is_valid() and self.cases.is_valid()

    @property
    def refusals(self):
        return super().refusals + self.cases.refusals

    @property
    def unknown(self):
        of_cases = {AMONG_WORKS.get(name, name) for name in self.cases.data}
        return [name for name in super().unknown if name not in of_cases]

    @cached_property
    def chips(self):
        of_cases = [
            Chip(
                called,
                self.cases.called(name, label),
                self.query_without(called, value),
            )
            for name in self.cases.chosen
            for value, label in self.cases.labels(name).items()
            if (called := AMONG_WORKS.get(name, name))
        ]
        return of_cases + super().chips

    @cached_property
    def current_page(self):
        page = super().current_page
        self._name_cases(page.object_list)
        return page

    def _name_cases(self, works):
        """Set ``citing`` on works: pairs of one of the chosen cases and its number of
        findings that rest on the work; and ``n_more``, how many more cite it."""
        for work in works:
            n, work.citing = self.snapshot.citing(
                work.pk, self.cases.found, CITING_SHOWN
            )
            work.n_more = n - len(work.citing)
        keys = {key for work in works for key in work.citing}
        named = Initiative.objects.published().in_bulk(keys)
        for work in works:
            counts = work.citing.items()
            work.citing = [(named[key], n) for key, n in counts if key in named]

    @property
    def source_pieces(self):
        return [(" behind ", False), *self.cases.pieces] if self.cases.chosen else []

    @property
    def case_parameters(self):
        """Pairs of parameter and value that choose cases."""
        return [
            (AMONG_WORKS.get(name, name), value)
            for name, value in self.cases.parameters
        ]

    @property
    def carried(self):
        """Pairs of parameter and value that the form keeps without showing them."""
        return self.case_parameters + [("key", key) for key in self.written("key")]

    @property
    def parameters(self):
        return self.case_parameters + super().parameters

    def spoken(self, name, label):
        if name in ("type", "kind", "chapter"):
            return lowered(label)
        return super().spoken(name, label)
