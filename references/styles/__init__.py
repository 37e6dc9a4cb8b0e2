"""Bibliographies in the citation styles of the world. See docs/citations.md."""
