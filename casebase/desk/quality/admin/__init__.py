"""The admin of likely duplicates, of links, and of all terms."""

from casebase.desk.quality.admin import duplicates, links, terms

__all__ = ["duplicates", "links", "terms"]
