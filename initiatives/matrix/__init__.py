"""The matrix: how often two facets meet, in one statement or on one case."""
