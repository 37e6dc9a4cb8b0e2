"""Which tables hold what readers see of cases, findings and terms."""

from casebase.change_tracking.tracked_tables import OWN_KEY, IfChanged, tracked
from initiatives.models import Concept, Finding, Initiative

OF_CASE = "SELECT {row}.initiative_id AS key"
OF_FINDING = "SELECT {row}.finding_id AS key"
OF_TERM = "SELECT {row}.concept_id AS key"
# What cases and findings show of a term, are found by and are sorted by. A term may be
# used by very many, and curators work on definitions and scope notes most of the time.
SHOWN_OF_TERM = ("scheme", "slug", "label", "synonyms", "order")

tracked.register(
    Initiative,
    {
        "initiatives_initiative": OWN_KEY,
        "initiatives_finding": OF_CASE,
        "initiatives_conflict": OF_CASE,
        "initiatives_involvement": OF_CASE,
        "initiatives_documentation": OF_CASE,
        "initiatives_formerslug": OF_CASE,
        "initiatives_initiative_service_areas": OF_CASE,
        "initiatives_taggedinitiative": "SELECT {row}.content_object_id AS key",
        "initiatives_conflict_findings": """
            SELECT initiative_id AS key FROM initiatives_conflict
            WHERE id = {row}.conflict_id
        """,
        "initiatives_finding_strategies": """
            SELECT initiative_id AS key FROM initiatives_finding
            WHERE id = {row}.finding_id
        """,
        "initiatives_source": """
            SELECT initiative_id AS key FROM initiatives_finding
            WHERE id = {row}.finding_id
            UNION SELECT initiative_id FROM initiatives_conflict
            WHERE id = {row}.conflict_id
        """,
        "initiatives_organisation": """
            SELECT initiative_id AS key FROM initiatives_involvement
            WHERE organisation_id = {row}.id
        """,
        "taggit_tag": """
            SELECT content_object_id AS key FROM initiatives_taggedinitiative
            WHERE tag_id = {row}.id
        """,
        "initiatives_concept": IfChanged(
            SHOWN_OF_TERM,
            """
            SELECT initiative_id AS key FROM initiatives_finding
            WHERE concept_id = {row}.id
            UNION SELECT f.initiative_id FROM initiatives_finding f
            JOIN initiatives_finding_strategies s ON s.finding_id = f.id
            WHERE s.strategy_id = {row}.id
            UNION SELECT initiative_id FROM initiatives_initiative_service_areas
            WHERE servicearea_id = {row}.id
            """,
        ),
    },
)
# Lists of findings show their case and their works as these are now, and filter by what
# a case has in the snapshot's table of cases; so only the row of the case is here.
tracked.register(
    Finding,
    {
        "initiatives_finding": OWN_KEY,
        "initiatives_finding_strategies": OF_FINDING,
        "initiatives_source": OF_FINDING,
        "initiatives_conflict_findings": OF_FINDING,
        "initiatives_conflict": """
            SELECT finding_id AS key FROM initiatives_conflict_findings
            WHERE conflict_id = {row}.id
        """,
        "initiatives_initiative": """
            SELECT id AS key FROM initiatives_finding
            WHERE initiative_id = {row}.id
        """,
        "initiatives_concept": IfChanged(
            SHOWN_OF_TERM,
            """
            SELECT id AS key FROM initiatives_finding
            WHERE concept_id = {row}.id
            UNION SELECT finding_id FROM initiatives_finding_strategies
            WHERE strategy_id = {row}.id
            """,
        ),
    },
)
tracked.register(
    Concept,
    {
        # A term is found by the label of its broader term, too.
        "initiatives_concept": """
            SELECT {row}.id AS key
            UNION SELECT id FROM initiatives_concept WHERE broader_id = {row}.id
        """,
        "initiatives_source": OF_TERM,
        "initiatives_formerslug": OF_TERM,
        "initiatives_relatedterm": OF_TERM,
        # Terms are found by what their scheme is called in other languages.
        "initiatives_scheme": """
            SELECT id AS key FROM initiatives_concept WHERE scheme = {row}.slug
        """,
    },
)
