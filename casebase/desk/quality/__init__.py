"""Data quality: gaps in cases, likely duplicates, dead links, and their figures."""
