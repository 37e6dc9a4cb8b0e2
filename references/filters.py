"""What an address of the list of works means: its filters, facets and sentence."""

from functools import cached_property, partial

import django_filters
from django.db.models import F
from django.db.models.functions import Lower
from django.http import QueryDict

from casebase.choices import Chip, Facet, Option
from casebase.lists import ListFilter, SortFilter, YearFilter
from casebase.templatetags.house import lowered
from initiatives.filters import AMONG_WORKS, InitiativeFilter
from initiatives.models import Finding, Initiative
from references import facets
from references.models import Person, Reference

# How many people and cases a facet offers; others are reached from a work's page.
PEOPLE_SHOWN, CASES_SHOWN = 15, 30
SORTS = {
    # A key is made of names and year, without articles and accents.
    "author": ("Author and year", ["key"]),
    "newest": ("Newest first", [F("issued_year").desc(nulls_last=True), "key"]),
    "title": ("Title", [Lower("title"), "key"]),
    "updated": ("Recently added or changed", ["-revised_on", "key"]),
    "cited": ("Most cited", ["-n_cases", "-n_findings", "key"]),
}


def query_of_cases(query):
    """The part of a query that chooses cases, as the list of cases would have it."""
    cases = QueryDict(mutable=True)
    for name in InitiativeFilter.base_filters.keys() - {"page", "sort"}:
        called = AMONG_WORKS.get(name, name)
        if called in query:
            cases.setlist(name, query.getlist(called))
    return cases


class ReferenceFilter(ListFilter):
    """The filter form of the list of works.

    Values of one facet widen the list, different facets narrow it. Any filter of the
    list of cases may stand in the address too: then the works are those that public
    statements of these cases rest on.
    """

    counted = ("work", "works")
    wordings = {
        "q": "with the words “{}”",
        "type": "of type {}",
        "author": "by {}",
        "cited": "cited by {}",
        "kind": "cited for {}",
        "key": "with the citekey {}",
        "from": "since {}",
        "to": "up to {}",
    }

    q = django_filters.CharFilter(label="Words", method="with_words", max_length=200)
    type = django_filters.MultipleChoiceFilter(
        label="Type",
        method="of_types",
        choices=Reference.Type.choices,
        error_messages={"invalid_choice": "“%(value)s” is no type of work."},
    )
    author = django_filters.MultipleChoiceFilter(
        label="Author",
        method="made_by",
        error_messages={"invalid_choice": "There is nobody called “%(value)s” here."},
    )
    cited = django_filters.MultipleChoiceFilter(
        label="Cited by",
        method="cited_by",
        error_messages={"invalid_choice": "There is no case “%(value)s”."},
    )
    kind = django_filters.MultipleChoiceFilter(
        label="Cited for",
        method="cited_for",
        choices=Finding.Kind.choices,
        error_messages={"invalid_choice": "“%(value)s” is no kind of finding."},
    )
    key = django_filters.CharFilter(label="Citekey", max_length=120)
    to = YearFilter(label="Up to", field_name="issued_year", lookup_expr="lte")
    sort = SortFilter(SORTS)

    class Meta:
        model = Reference
        fields = []

    @classmethod
    def get_filters(cls):
        since = YearFilter(label="Since", field_name="issued_year", lookup_expr="gte")
        return super().get_filters() | {"from": since}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.cases = InitiativeFilter(
            query_of_cases(self.data), Initiative.objects.published()
        )
        if self.cases.chosen:
            self.queryset = self.queryset.cited_by(self.cases.matches)
        self.named = {"author": Person.objects, "cited": Initiative.objects.published()}
        for name in self.named:
            # PostgreSQL takes no NUL, not even to say that it isn't there.
            slugs = [slug for slug in self.data.getlist(name) if "\0" not in slug]
            self.filters[name].extra["choices"] = list(self._names(name, slugs).items())

    def _names(self, parameter, slugs):
        """Slug → name, of those that exist."""
        records = self.named[parameter].filter(slug__in=slugs)
        return {record.slug: str(record) for record in records}

    def with_words(self, works, name, query):
        return works.having_words(query)

    def of_types(self, works, name, types):
        return works.of_types(types)

    def made_by(self, works, name, slugs):
        return works.made_by(slugs)

    def cited_by(self, works, name, slugs):
        return works.cited_by(Initiative.objects.published().filter(slug__in=slugs))

    def cited_for(self, works, name, kinds):
        return works.cited_by(self.cases.matches, kinds=kinds)

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
        page.object_list = list(page.object_list)
        citing = facets.cases_by_work(page.object_list, self.cases.matches)
        for work in page.object_list:
            work.citing = citing[work.pk]
        return page

    @property
    def source_pieces(self):
        return [(" behind ", False), *self.cases.pieces] if self.cases.chosen else []

    @property
    def carried(self):
        """Pairs of parameter and value that choose cases, for the form to keep."""
        return [
            (AMONG_WORKS.get(name, name), value)
            for name, values in self.cases.data.lists()
            for value in values
        ]

    @property
    def parameters(self):
        return self.carried + super().parameters

    def spoken(self, name, label):
        if name in ("type", "kind"):
            return lowered(label)
        return super().spoken(name, label)

    @cached_property
    def facets(self):
        """Every facet with its values and counts, its own choice left out of them."""
        return [
            self.facet("type", facets.count_by_type),
            self._ranked("author", facets.count_by_person, PEOPLE_SHOWN),
            self._ranked("cited", facets.count_by_case, CASES_SHOWN),
            self.facet("kind", partial(facets.count_by_kind, cases=self.cases.matches)),
        ]

    def _ranked(self, name, count, shown):
        """A facet of those with most works, and of whatever is chosen."""
        counts = count(self.without(name))
        chosen = self.chosen.get(name, [])

        def rank(slug):
            return -counts[slug], slug

        names = self._names(name, [*sorted(counts, key=rank)[:shown], *chosen])
        options = [
            Option(slug, names[slug], counts[slug], slug in chosen)
            for slug in sorted(names, key=rank)
        ]
        return Facet(name, self.form.fields[name].label, options)
