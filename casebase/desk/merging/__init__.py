"""Merges of duplicate records: their comparison, the merge and its undoing."""
