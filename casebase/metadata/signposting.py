"""Typed links of a page, after the profiles of Signposting, level 1 and level 2.

https://signposting.org/FAIR/ (profile of 2 October 2023) says which relations a page
has: exactly one ``cite-as``, whose target leads back to the page; ``type``, of which
the second is AboutPage if the page is only about something; ``describedby`` with the
media type of each document. Level 2 adds a document with all of these links and those
that lead back, a link set:
https://www.rfc-editor.org/rfc/rfc9264.html#section-4.2
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.encoding import iri_to_uri

LINKSET = "application/linkset+json"
# A header has little room: nginx takes 4 kB of all headers together, unless configured
# otherwise. So it names only the first targets of each relation, and leaves out links
# that would make it too long; the link set has all of them.
MAX_PER_RELATION = 10
MAX_HEADER_LENGTH = 2_800


@dataclass(frozen=True)
class Link:
    """A typed link from a page, with the media type and the profile of its target."""

    rel: str
    href: str
    type: str = ""
    profile: str = ""
    title: str = ""

    def __str__(self) -> str:
        """The link as a header has it; characters that would end it are encoded."""
        attributes = {"rel": self.rel, "type": self.type, "profile": self.profile}
        written = [f'{name}="{text}"' for name, text in attributes.items() if text]
        return "; ".join([f"<{iri_to_uri(self.href)}>", *written])


def format_link_header(links: Iterable[Link]) -> str:
    """The value of a ``Link`` header, https://www.rfc-editor.org/rfc/rfc8288#section-3

    It has no titles: these are for people, who read them on the page.
    """
    counts: Counter[str] = Counter()
    text = ""
    for link in links:
        longer = f"{text}, {link}" if text else str(link)
        is_short = len(longer) <= MAX_HEADER_LENGTH
        if counts[link.rel] < MAX_PER_RELATION and is_short:
            text = longer
            counts[link.rel] += 1
    return text


def render_linkset(address: str, links: Iterable[Link]) -> str:
    """JSON of the links of the page, and of those from its documents back to it."""
    inverse = {"describedby": "describes", "item": "collection"}
    contexts: dict[str, dict[str, list[dict[str, str]]]] = {address: {}}
    page = Link("", address, "text/html")
    for link in links:
        contexts[address].setdefault(link.rel, []).append(target_object(link))
        if back := inverse.get(link.rel):
            context = contexts.setdefault(iri_to_uri(link.href), {})
            context.setdefault(back, [target_object(page)])
    objects = [{"anchor": anchor, **rels} for anchor, rels in contexts.items()]
    return json.dumps({"linkset": objects}, ensure_ascii=False, indent=1)


def target_object(link: Link) -> dict[str, str]:
    attributes = {"type": link.type, "profile": link.profile, "title": link.title}
    known = {name: text for name, text in attributes.items() if text}
    return {"href": iri_to_uri(link.href)} | known
