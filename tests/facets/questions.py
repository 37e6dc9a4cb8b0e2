"""What readers ask of lists, drawn at random, and whether they get the truth."""

from functools import partial

from django.http import QueryDict
from taggit.models import Tag

from casebase.lists.filters import NamedFilter
from casebase.site.statistics import figures
from initiatives.cited_work_filter import CitedWorkFilter
from initiatives.filters import SORTS as SORTS_OF_CASES
from initiatives.filters import InitiativeFilter
from initiatives.models import Concept, Initiative
from references.filters import SORTS as SORTS_OF_WORKS
from references.models import Person, Reference
from tests.facets import oracle
from tests.facets.edits import COUNTRIES, KINDS

YEARS = ("1990", "2005", "2006")
FEW = 3
# Terms are all shown; of named records all are asked for.
# A record has one of these at most.
WITHOUT_ALL = ("country", "type", "chapter")
KNOWN = {"country": COUNTRIES, "type": ("book", "report"), "kind": KINDS}


def slugs(records):
    return list(records.values_list("slug", flat=True))


class Question:
    """A query by chance. Facets are used singly or with others, with any or all."""

    def __init__(self, chance):
        self.chance, self.query = chance, {}
        values = {
            parameter: slugs(Concept.objects.filter(scheme=scheme))
            for parameter, scheme in oracle.PARAMETERS.items()
        }
        values |= {"country": list(COUNTRIES), "tag": slugs(Tag.objects)}
        self.choose(values)

    def choose(self, values, odds=0.15):
        for facet in filter(values.get, values):
            if self.chance.random() < odds:
                n = min(self.chance.randint(1, 2), len(values[facet]))
                self.query[facet] = self.chance.sample(sorted(values[facet]), n)
                if (
                    facet not in ("country", "type", "chapter")
                    and self.chance.random() < 0.5
                ):
                    self.query[f"{facet}-all"] = ["1"]

    def choose_years(self, prefix=""):
        for name in ("from", "to"):
            if self.chance.random() < 0.15:
                self.query[f"{prefix}{name}"] = [self.chance.choice(YEARS)]

    def asked(self, filter_class, records):
        address = QueryDict(mutable=True)
        for name, values in self.query.items():
            address.setlist(name, values)
        filterset = filter_class(address, records)
        assert filterset.refusals == []
        assert filterset.unknown == []
        return filterset


def ask_for_cases(chance):
    question = Question(chance)
    question.choose_years()
    sort = chance.choice(list(SORTS_OF_CASES))
    question.query["sort"] = [sort]
    cases = Initiative.objects.published()
    filterset = question.asked(InitiativeFilter, cases)
    truth = oracle.Truth()
    in_order = oracle.cases_in_order(truth.cases(question.query), sort)
    assert_pages(filterset, in_order)
    assert_counts(filterset, partial(truth.count, truth.cases, question.query))
    assert figures().items() >= oracle.figures().items()
    return filterset


def ask_for_works(chance):
    question = Question(chance)
    question.choose_years("case-")
    cases = Initiative.objects.published()
    values = {
        "type": ["book", "report"],
        "chapter": ["1"],
        "author": slugs(Person.objects),
        "cited": slugs(cases),
        "kind": list(KINDS),
    }
    question.choose(values)
    question.choose_years()
    sort = chance.choice(list(SORTS_OF_WORKS))
    question.query["sort"] = [sort]
    filterset = question.asked(CitedWorkFilter, Reference.objects.all())
    truth = oracle.Truth()
    in_order = oracle.works_in_order(truth.works(question.query), sort)
    assert_pages(filterset, in_order)
    assert_counts(filterset, partial(truth.count, truth.works, question.query))
    assert_citing(filterset, truth.cases_of(question.query))
    return filterset


def assert_pages(filterset, truth):
    """All of the records, and every piece of them, in the order of the truth."""
    assert [record.pk for record in filterset.matches] == truth
    assert len(filterset.matches) == len(truth)
    for start in range(0, len(truth), FEW):
        piece = filterset.matches[start : start + FEW]
        assert [record.pk for record in piece] == truth[start : start + FEW]


def assert_counts(filterset, count):
    """Each value of each facet that occurs, and none that does not."""
    for facet in filterset.facets:
        shown = {option.value: option.count for option in facet.options}
        values = {*shown, *KNOWN.get(facet.name, ())}
        if isinstance(filterset.filters[facet.name], NamedFilter):
            values |= {*slugs(filterset.filters[facet.name].records())}
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
