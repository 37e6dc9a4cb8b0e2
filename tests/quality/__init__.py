"""Tests of data quality: links, duplicates, completeness and figures."""
