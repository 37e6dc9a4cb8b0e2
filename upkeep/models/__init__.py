"""What is known of the records' own state: derived, and never shown to readers."""

from upkeep.models.completeness import Completeness
from upkeep.models.likenesses import PersonLikeness, WorkLikeness
from upkeep.models.links import Link

__all__ = ["Completeness", "Link", "PersonLikeness", "WorkLikeness"]
