"""Nodes of JSON-LD in the vocabulary of https://schema.org."""

from typing import Any

type Node = dict[str, Any]

CONTEXT = "https://schema.org"
KEYWORDS = {"type": "@type", "id": "@id", "context": "@context"}


def build_node(**properties: Any) -> Node:
    """Return a node without empty properties.

    ``type``, ``id`` and ``context`` become the keywords of JSON-LD.
    """
    return {
        KEYWORDS.get(name, name): value
        for name, value in properties.items()
        if value not in (None, "", [], {})
    }
