"""Bibliographies in styles of the Citation Style Language. See docs/citations.md."""
