"""Strategies that were used against the barriers found, which readers seldom name."""

from dataclasses import replace

from django.db.models import Count

from initiatives.models import Concept, Finding

# At most this many strategies are shown, for this many of the first barriers.
STRATEGIES, BARRIERS = 2, 2
# At least this many findings must name a strategy against a barrier.
MIN_STATEMENTS = 3


def with_strategies(results):
    """The Results with terms, and behind the first barriers the strategies most used
    against them.

    Only if few terms have all of the words: then readers describe a problem in words of
    their own, which what helped against it seldom has.
    """
    found = [*results.records, *results.nearest]
    barriers = [term for term in found if term.scheme_id == "barriers"][:BARRIERS]
    if not (results.nearest and barriers):
        return results
    against = strategies_against(barriers)
    paired = [term for term in against if term not in results.records][:STRATEGIES]
    nearest = [term for term in results.nearest if term not in paired]
    for term in reversed(paired):
        barrier = term.responds_to
        place = nearest.index(barrier) + 1 if barrier in nearest else 0
        nearest.insert(place, term)
    return replace(results, nearest=nearest)


def strategies_against(barriers):
    """A list of strategies that enough statements on these barriers name, the most
    frequent first.

    Each has ``responds_to``, the barrier, and ``statements``, the number of these.
    """
    statements = Finding.objects.published().filter(concept__in=barriers)
    pairs = statements.values_list("concept", "strategies").exclude(strategies=None)
    often = pairs.annotate(n=Count("pk")).filter(n__gte=MIN_STATEMENTS).order_by("n")
    found = {strategy: (barrier, number) for barrier, strategy, number in often}
    known = Concept.objects.in_bulk(found)
    by_key = {barrier.pk: barrier for barrier in barriers}
    for key, (barrier, number) in found.items():
        known[key].responds_to, known[key].statements = by_key[barrier], number
    return [known[key] for key in reversed(found)]
