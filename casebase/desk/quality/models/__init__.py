"""Derived data on the quality of records. Readers never see it."""

from casebase.desk.quality.models.completeness import Completeness
from casebase.desk.quality.models.duplicates import PersonLikeness, WorkLikeness
from casebase.desk.quality.models.links import Link

__all__ = ["Completeness", "Link", "PersonLikeness", "WorkLikeness"]
