"""Times the measure of similar cases, without the page around it."""

from typing import Any

from bench import synthetic
from bench.bare_queries import time_query
from casebase.facets.snapshot_cache import current_snapshot
from initiatives.models import Initiative
from initiatives.similar.parts import weights_of_case
from initiatives.similar.ranking import Ranking, asked_of_case
from initiatives.similar.space import case_space


def measure_ranking() -> list[dict[str, Any]]:
    """Return a result row for ranking all cases by their closeness to one."""
    [slug] = synthetic.public_slugs(1)
    key = Initiative.objects.get(slug=slug).pk
    space = case_space(current_snapshot())

    def rank() -> object:
        asked = asked_of_case(space, key, weights_of_case())
        return Ranking(space, asked).places

    row = time_query("similar cases", rank)
    return [row | {"server": "the measure alone"}]
