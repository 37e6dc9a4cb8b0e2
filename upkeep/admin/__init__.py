"""The lists behind the desk's figures that are of no other app."""

from upkeep.admin import likenesses, links, terms

__all__ = ["likenesses", "links", "terms"]
