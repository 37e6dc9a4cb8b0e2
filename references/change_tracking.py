"""The tables with what readers see of works."""

from casebase.change_tracking.tracked_tables import OWN_KEY, tracked
from references.models import Reference

OF_WORK = "SELECT {row}.reference_id AS key"

tracked.register(
    Reference,
    {
        "references_reference": OWN_KEY,
        "references_contribution": OF_WORK,
        "references_formerkey": OF_WORK,
        "references_person": """
            SELECT reference_id AS key FROM references_contribution
            WHERE person_id = {row}.id
        """,
    },
)
