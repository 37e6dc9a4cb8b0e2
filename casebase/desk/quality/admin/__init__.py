"""The lists behind the desk's figures that are of no other app."""

from casebase.desk.quality.admin import likenesses, links, terms

__all__ = ["likenesses", "links", "terms"]
