"""The cases that are closest to a case, for its page."""

from casebase.facets.snapshot_cache import current_snapshot
from initiatives.codebook import Codebook
from initiatives.models import Initiative
from initiatives.similar.parts import weights_of_case
from initiatives.similar.ranking import Ranking, asked_of_case
from initiatives.similar.results import RankedCases
from initiatives.similar.space import case_space

NEAREST = 3


def nearest_cases(initiative):
    """Return up to three Results. Two queries, and two if anything has changed."""
    snapshot = current_snapshot()
    space = case_space(snapshot)
    asked = asked_of_case(space, initiative.pk, weights_of_case())
    cases = Initiative.objects.published()
    codebook = Codebook.for_snapshot(snapshot)
    return RankedCases(cases, Ranking(space, asked), codebook)[:NEAREST]
