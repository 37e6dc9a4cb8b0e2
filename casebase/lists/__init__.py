"""Filtered lists: forms, filters, facets and result sets."""
