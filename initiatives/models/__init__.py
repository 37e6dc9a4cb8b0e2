"""The models of cases, their findings and sources, and of the codebook."""

from initiatives.models.concepts import (
    PROXIES,
    Barrier,
    Concept,
    Risk,
    Scheme,
    ServiceArea,
    Strategy,
)
from initiatives.models.findings import Finding, random_short_id
from initiatives.models.former_slugs import FormerSlug
from initiatives.models.initiatives import Initiative, country_name, country_names
from initiatives.models.organisations import Involvement, Organisation
from initiatives.models.previews import PreviewLink
from initiatives.models.related_terms import RelatedTerm
from initiatives.models.removed_findings import RemovedFinding
from initiatives.models.review_workflow import NotReadyError, StatusChange
from initiatives.models.sources import Conflict, Documentation, Source
from initiatives.models.tags import TaggedInitiative

__all__ = [
    "PROXIES",
    "Barrier",
    "Concept",
    "Conflict",
    "Documentation",
    "Finding",
    "FormerSlug",
    "Initiative",
    "Involvement",
    "NotReadyError",
    "Organisation",
    "PreviewLink",
    "RelatedTerm",
    "RemovedFinding",
    "Risk",
    "Scheme",
    "ServiceArea",
    "Source",
    "StatusChange",
    "Strategy",
    "TaggedInitiative",
    "country_name",
    "country_names",
    "random_short_id",
]
