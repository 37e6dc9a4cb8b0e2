"""The history at the desk: of each record beside its form, and of all edits."""

from casebase.history.admin import edits

__all__ = ["edits"]
