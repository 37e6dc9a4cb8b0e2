"""Live numbers of what the casebase holds, for pages and the description of data."""

from casebase.facets.snapshot_cache import current_snapshot
from initiatives.facets import case_index, evidence_totals
from initiatives.models import Concept, Conflict, Initiative
from references.facets import work_index


def public_statistics():
    """Return name → number of what readers can see. A fixed number of queries."""
    snapshot = current_snapshot()
    published, tallies = Initiative.objects.published(), evidence_totals(snapshot)
    cases = case_index(snapshot)
    return {
        "initiatives": len(cases.all_keys),
        "in_review": Initiative.objects.filter(status="review").count(),
        "countries": len(cases.facets["country"].counts(cases.all_keys)),
        "statements": tallies["findings"],
        "modes": tallies["modes"],
        "unsourced": tallies["unsourced"],
        "stated": tallies["stated"],
        "coded": tallies["findings"] - tallies["stated"],
        "single_work": tallies["of_one_work"],
        "secondary_only": tallies["at_second_hand"],
        "conflicts": Conflict.objects.filter(initiative__in=published).count(),
        "concepts": Concept.objects.count(),
        "barriers": Concept.objects.filter(scheme="barriers").codable().count(),
        "references": len(work_index(snapshot).all_keys),
    }
