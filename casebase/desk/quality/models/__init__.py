"""What is known of the records' own state: derived, and never shown to readers."""

from casebase.desk.quality.models.completeness import Completeness
from casebase.desk.quality.models.duplicates import PersonLikeness, WorkLikeness
from casebase.desk.quality.models.links import Link

__all__ = ["Completeness", "Link", "PersonLikeness", "WorkLikeness"]
