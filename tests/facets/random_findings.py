"""Random queries of the list of findings, compared with the oracle's answers."""

from functools import partial

from initiatives.cited_work_filter import CitedWorkFilter
from initiatives.findings.filters import FINDING_PARAMETERS, SORTS, FindingFilter
from initiatives.models import Concept, Finding
from references.models import Reference
from tests.facets import finding_oracle as oracle
from tests.facets.oracle import PARAMETERS
from tests.facets.random_queries import (
    RandomQuery,
    assert_counts,
    assert_pages,
    slugs,
)

OWN_VALUES = {
    "kind": ("barrier", "outcome", "cost"),
    "direction": Finding.Direction.values,
    "basis": Finding.Basis.values,
    "grade": ("thin", "supported", "well"),
    "response": ("0", "1"),
    **dict.fromkeys(oracle.SWITCHES, ("1",)),
}


class RandomFindingQuery(RandomQuery):
    """A random query of the list of findings, also by what cases have."""

    def __init__(self, chance):
        super().__init__(chance)
        # What the parent has chosen are filters of cases.
        self.parameters = {
            oracle.CASE_PARAMETERS[name.removesuffix("-all")]
            + ("-all" if name.endswith("-all") else ""): values
            for name, values in self.parameters.items()
        }
        for name in oracle.OWN_TERMS:
            terms = slugs(Concept.objects.filter(scheme=PARAMETERS[name]))
            self.choose_own(name, terms)
        for name, values in OWN_VALUES.items():
            self.choose_own(name, list(values))
        self.choose_years()
        self.choose_years("case-")

    def choose_own(self, name, values):
        if values and self.chance.random() < 0.12:
            n = min(self.chance.randint(1, 2), len(values))
            self.parameters[name] = self.chance.sample(sorted(values), n)
            if name == "strategy" and self.chance.random() < 0.5:
                self.parameters["strategy-all"] = ["1"]


def check_findings(chance):
    query, truth = RandomFindingQuery(chance), oracle.FindingOracle()
    found = truth.findings(query.parameters)
    sort = chance.choice(list(SORTS))
    query.parameters["sort"] = [sort]
    statements = Finding.objects.published().statements()
    filterset = query.build_filterset(FindingFilter, statements)
    assert_pages(filterset, oracle.findings_in_order(found, sort))
    assert_counts(filterset, partial(truth.count, truth.findings, query.parameters))
    check_works_behind(query, truth)
    return filterset


def check_works_behind(query, truth):
    """Check that the list of works has the works behind these findings."""
    found = truth.findings(query.parameters)
    works = WorkQuery(query)
    filterset = works.build_filterset(CitedWorkFilter, Reference.objects.all())
    if not filterset.findings.chosen:
        return
    expected = truth.works_behind(query.parameters)
    assert {*filterset.matching_keys} == {*expected.values_list("pk", flat=True)}
    for work in filterset.current_page.object_list:
        counts = oracle.citing_counts(work, found)
        assert [(case.pk, n) for case, n in work.citing] == counts[:3]
        assert work.n_more == max(len(counts) - 3, 0)


class WorkQuery(RandomQuery):
    """The query of the works behind the findings of another query."""

    def __init__(self, query):
        own = {
            FINDING_PARAMETERS[name]: values
            for name, values in query.parameters.items()
            if name in FINDING_PARAMETERS
        }
        of_cases = {
            name if name in ("case-from", "case-to") else name.removeprefix("case-"): v
            for name, v in query.parameters.items()
            if name not in FINDING_PARAMETERS and name != "sort"
        }
        self.parameters = own | of_cases
