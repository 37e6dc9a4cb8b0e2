"""Random queries of lists, whose answers are compared with the oracle's."""

from collections import ChainMap
from functools import partial

from django.http import QueryDict
from taggit.models import Tag

from casebase.lists.filters import RecordFacetFilter
from casebase.site.statistics import public_statistics
from initiatives.cited_work_filter import CitedWorkFilter
from initiatives.filters import SORTS as SORTS_OF_CASES
from initiatives.filters import InitiativeFilter
from initiatives.models import Concept, Initiative
from references.filters import SORTS as SORTS_OF_WORKS
from references.models import Person, Reference
from tests.facets import oracle
from tests.facets.random_edits import COUNTRIES, REACHES, SETTLEMENTS
from tests.facets.random_finding_edits import KINDS

YEARS = ("1990", "2005", "2006")
PIECE = 3
# A record has one value of these at most, so all values can't be required.
SINGLE_VALUED = (*oracle.COLUMNS, "type", "chapter")
KNOWN_VALUES = {
    "country": COUNTRIES,
    "settlement": SETTLEMENTS,
    "reach": REACHES,
    "type": ("book", "report"),
    "kind": KINDS,
}


def slugs(records):
    return list(records.values_list("slug", flat=True))


class RandomQuery:
    """A random query, with some facets, and any or all of some of their values."""

    def __init__(self, chance):
        self.chance, self.parameters = chance, {}
        values = {
            parameter: slugs(Concept.objects.filter(scheme=scheme))
            for parameter, scheme in oracle.PARAMETERS.items()
        }
        values |= {name: list(KNOWN_VALUES[name]) for name in oracle.COLUMNS}
        values |= {"tag": slugs(Tag.objects)}
        self.choose(values)

    def choose(self, values, odds=0.15):
        for facet in filter(values.get, values):
            if self.chance.random() < odds:
                n = min(self.chance.randint(1, 2), len(values[facet]))
                self.parameters[facet] = self.chance.sample(sorted(values[facet]), n)
                if facet not in SINGLE_VALUED and self.chance.random() < 0.5:
                    self.parameters[f"{facet}-all"] = ["1"]

    def choose_years(self, prefix=""):
        for name in ("from", "to"):
            if self.chance.random() < 0.15:
                self.parameters[f"{prefix}{name}"] = [self.chance.choice(YEARS)]

    def build_filterset(self, filter_class, records):
        address = QueryDict(mutable=True)
        for name, values in self.parameters.items():
            address.setlist(name, values)
        filterset = filter_class(address, records)
        assert filterset.validation_errors == []
        assert filterset.unknown_parameters == []
        return filterset


def check_cases(chance):
    query = RandomQuery(chance)
    query.choose_years()
    sort = chance.choice(list(SORTS_OF_CASES))
    query.parameters["sort"] = [sort]
    cases = Initiative.objects.published()
    filterset = query.build_filterset(InitiativeFilter, cases)
    truth = oracle.Oracle()
    in_order = oracle.cases_in_order(truth.cases(query.parameters), sort)
    assert_pages(filterset, in_order)
    assert_counts(filterset, partial(truth.count, truth.cases, query.parameters))
    assert public_statistics().items() >= oracle.statistics().items()
    return filterset


def check_works(chance):
    query = RandomQuery(chance)
    query.choose_years("case-")
    cases = Initiative.objects.published()
    values = {
        "type": ["book", "report"],
        "chapter": ["1"],
        "author": slugs(Person.objects),
        "cited": slugs(cases),
        "kind": list(KINDS),
    }
    query.choose(values)
    query.choose_years()
    sort = chance.choice(list(SORTS_OF_WORKS))
    query.parameters["sort"] = [sort]
    filterset = query.build_filterset(CitedWorkFilter, Reference.objects.all())
    truth = oracle.Oracle()
    in_order = oracle.works_in_order(truth.works(query.parameters), sort)
    assert_pages(filterset, in_order)
    assert_counts(filterset, partial(truth.count, truth.works, query.parameters))
    assert_citing(filterset, truth.cases_of(query.parameters))
    return filterset


def assert_pages(filterset, truth):
    """Check the records as a whole and in pieces, with their order."""
    assert [record.pk for record in filterset.matches] == truth
    assert len(filterset.matches) == len(truth)
    for start in range(0, len(truth), PIECE):
        piece = filterset.matches[start : start + PIECE]
        assert [record.pk for record in piece] == truth[start : start + PIECE]


def assert_counts(filterset, count):
    """Check that each facet has the right counts, and no other values."""
    nested = (each.filterset.filters for each in getattr(filterset, "nested", ()))
    filters = ChainMap(filterset.filters, *nested)
    for facet in filterset.facets:
        shown = {option.value: option.count for option in facet.options}
        values = {*shown, *KNOWN_VALUES.get(facet.name, ())}
        if isinstance(filters[facet.name], RecordFacetFilter):
            values |= {*slugs(filters[facet.name].records())}
        truth = {value: count(facet.name, value) for value in values}
        counted = {value: n for value, n in shown.items() if n}
        assert counted == {value: n for value, n in truth.items() if n}, facet.name


def assert_citing(filterset, chosen):
    cases = Initiative.objects.published() if chosen is None else chosen
    for work in filterset.current_page.object_list:
        rows = oracle.uses(cases).filter(reference=work)
        truth = {}
        for case, finding in rows.values_list("case", "finding"):
            truth.setdefault(case, set()).update({finding} - {None})
        most = sorted(truth, key=lambda case: (-len(truth[case]), case))
        shown = [(case.pk, n) for case, n in work.citing]
        assert shown == [(case, len(truth[case])) for case in most[:3]]
        assert work.n_more == len(truth) - len(shown)
