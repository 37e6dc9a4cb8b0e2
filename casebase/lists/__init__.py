"""Filtered lists: their forms, filters, facets and results."""
