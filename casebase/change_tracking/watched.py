"""Which tables are watched, and which records a change of their rows touches.

In the selections, {row} stands for the row that is written, as it was or as it is; the
primary keys they give are called ``key``.
"""

from django.apps import apps
from taggit.models import Tag

from casebase.change_tracking.models import Kind

OWN = "SELECT {row}.id AS key"
OF_CASE = "SELECT {row}.initiative_id AS key"
OF_WORK = "SELECT {row}.reference_id AS key"
OF_TERM = "SELECT {row}.concept_id AS key"

# Kind → table → the records of that kind that a row of the table touches.
TOUCHES = {
    Kind.INITIATIVE: {
        "initiatives_initiative": OWN,
        "initiatives_finding": OF_CASE,
        "initiatives_conflict": OF_CASE,
        "initiatives_involvement": OF_CASE,
        "initiatives_documentation": OF_CASE,
        "initiatives_formerslug": OF_CASE,
        "initiatives_initiative_service_areas": OF_CASE,
        "initiatives_taggedinitiative": "SELECT {row}.content_object_id AS key",
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
        "initiatives_concept": """
            SELECT initiative_id AS key FROM initiatives_finding
            WHERE concept_id = {row}.id
            UNION SELECT f.initiative_id FROM initiatives_finding f
            JOIN initiatives_finding_strategies s ON s.finding_id = f.id
            WHERE s.strategy_id = {row}.id
            UNION SELECT initiative_id FROM initiatives_initiative_service_areas
            WHERE servicearea_id = {row}.id
        """,
    },
    Kind.REFERENCE: {
        "references_reference": OWN,
        "references_contribution": OF_WORK,
        "references_formerkey": OF_WORK,
        "references_person": """
            SELECT reference_id AS key FROM references_contribution
            WHERE person_id = {row}.id
        """,
    },
    Kind.CONCEPT: {
        "initiatives_concept": OWN,
        "initiatives_source": OF_TERM,
        "initiatives_formerslug": OF_TERM,
    },
}


# Who decided what on a case, and links to it while it is not public.
UNSEEN = {"initiatives_statuschange", "initiatives_previewlink"}


def watched_tables():
    """Every table with something that readers see."""
    models = [
        model
        for app in ("initiatives", "references")
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]
    return sorted({model._meta.db_table for model in [*models, Tag]} - UNSEEN)


def touched_by(table, row):
    """Pairs of a kind and the SQL of the keys that a row of this table touches."""
    return [
        (kind, tables[table].format(row=row))
        for kind, tables in TOUCHES.items()
        if table in tables
    ]
