"""The models of cases, their findings and sources, and of the codebook."""

from initiatives.models.concepts import (
    PROXIES,
    Barrier,
    ChangeStep,
    Concept,
    LeadershipStyle,
    Mode,
    Motivation,
    NegativeEffect,
    Resilience,
    Risk,
    Scheme,
    ServiceArea,
    Strategy,
)
from initiatives.models.findings import Finding, random_short_id
from initiatives.models.former_slugs import FormerSlug
from initiatives.models.initiatives import Initiative, country_names
from initiatives.models.organisations import Involvement, Organisation
from initiatives.models.previews import PreviewLink
from initiatives.models.review_workflow import NotReadyError, StatusChange
from initiatives.models.sources import Conflict, Documentation, Source
from initiatives.models.tags import TaggedInitiative

__all__ = [
    "PROXIES",
    "Barrier",
    "ChangeStep",
    "Concept",
    "Conflict",
    "Documentation",
    "Finding",
    "FormerSlug",
    "Initiative",
    "Involvement",
    "LeadershipStyle",
    "Mode",
    "Motivation",
    "NegativeEffect",
    "NotReadyError",
    "Organisation",
    "PreviewLink",
    "Resilience",
    "Risk",
    "Scheme",
    "ServiceArea",
    "Source",
    "StatusChange",
    "Strategy",
    "TaggedInitiative",
    "country_names",
    "random_short_id",
]
