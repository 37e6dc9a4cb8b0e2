"""The filter form of cases in the list of findings, whose counts are of findings."""

from functools import cached_property

from casebase.facets.index import Index
from casebase.facets.weighted_values import WeightedValues
from initiatives.facets import case_index
from initiatives.filters import InitiativeFilter

# Facets of cases that the list of findings shows. It takes the other filters of cases,
# too, but a page with all of their values would be twice as long.
SHOWN_FACETS = ("country", "settlement", "reach", "service-area", "mode", "tag")


class CasesOfFindings(InitiativeFilter):
    """The filter form of cases, which counts the findings of cases.

    ``weigh()`` returns the number of findings of each case, as Weights.
    """

    def __init__(self, data, records, snapshot, weigh):
        self._weigh = weigh
        super().__init__(data, records, snapshot)

    @cached_property
    def index(self):
        cases = case_index(self.snapshot)
        facets = {
            name: WeightedValues(values, self._weigh, self._counted_terms(name))
            for name, values in cases.facets.items()
        }
        return Index(cases.all_keys, facets, cases.sequence)

    def _counted_terms(self, facet):
        """Return the terms that a shown facet counts; None for all other facets."""
        if facet != "term":
            return None
        schemes = {
            f.words.slug for f in self.term_filters if f.field_name in SHOWN_FACETS
        }
        terms = self.codebook.concepts.values()
        return {term.pk for term in terms if term.scheme_id in schemes}

    @cached_property
    def facets(self):
        return [self._build_facet(self.filters[name]) for name in SHOWN_FACETS]
