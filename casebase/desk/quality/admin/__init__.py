"""The lists behind the desk's figures that are of no other app."""

from casebase.desk.quality.admin import duplicates, links, terms

__all__ = ["duplicates", "links", "terms"]
