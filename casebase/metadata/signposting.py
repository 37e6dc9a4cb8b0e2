"""Typed links of a page for machines: Signposting, level 1 and level 2.

https://signposting.org/FAIR/ (profile of 2 October 2023) says which relations a page
has: exactly one ``cite-as``, whose target leads back to the page; ``type``, of which
the second is AboutPage where the page only tells of something; ``describedby`` with the
media type of each document. Level 2 puts them all, with those that lead back, in a set
of links of its own, https://www.rfc-editor.org/rfc/rfc9264.html#section-4.2.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.encoding import iri_to_uri

LINKSET = "application/linkset+json"
# A header has little room: nginx takes 4 kB of all headers together, unless told
# otherwise. So of many targets of one kind it names only the first, and what would make
# it too long is left to the set of links.
IN_HEADER = 10
LONGEST = 2_800


@dataclass(frozen=True)
class Link:
    """One link from a page; of the target, its media type and what it is in detail."""

    rel: str
    href: str
    type: str = ""
    profile: str = ""
    title: str = ""

    def __str__(self) -> str:
        """As it stands in a header; what would end the address early is encoded."""
        known = {"rel": self.rel, "type": self.type, "profile": self.profile}
        attributes = [f'{name}="{text}"' for name, text in known.items() if text]
        return "; ".join([f"<{iri_to_uri(self.href)}>", *attributes])


def header(links: Iterable[Link]) -> str:
    """The value of a ``Link`` header, https://www.rfc-editor.org/rfc/rfc8288#section-3

    Titles are for pages, which people read.
    """
    shown: Counter[str] = Counter()
    text = ""
    for link in links:
        longer = f"{text}, {link}" if text else str(link)
        if shown[link.rel] < IN_HEADER and len(longer) <= LONGEST:
            text = longer
            shown[link.rel] += 1
    return text


def linkset(address: str, links: Iterable[Link]) -> str:
    """The links of the page, and those that lead from its documents back to it."""
    leads_back = {"describedby": "describes", "item": "collection"}
    contexts: dict[str, dict[str, list[dict[str, str]]]] = {address: {}}
    page = Link("", address, "text/html")
    for link in links:
        contexts[address].setdefault(link.rel, []).append(target(link))
        if back := leads_back.get(link.rel):
            context = contexts.setdefault(iri_to_uri(link.href), {})
            context.setdefault(back, [target(page)])
    described = [{"anchor": anchor, **rels} for anchor, rels in contexts.items()]
    return json.dumps({"linkset": described}, ensure_ascii=False, indent=1)


def target(link: Link) -> dict[str, str]:
    known = {"type": link.type, "profile": link.profile, "title": link.title}
    known = {name: text for name, text in known.items() if text}
    return {"href": iri_to_uri(link.href)} | known
