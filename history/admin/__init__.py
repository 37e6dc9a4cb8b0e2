"""The history at the desk: of each record beside its form, and of all edits."""

from history.admin import edits

__all__ = ["edits"]
