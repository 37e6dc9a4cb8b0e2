"""A page of the site, parsed, and what it says to machines."""

import json

import lxml.html

from tests.references.metadata.works import parsed


class Page:
    """A page as a parser of HTML sees it."""

    def __init__(self, client, address):
        self.text = client.get(address).text
        self.tree = lxml.html.fromstring(self.text)

    def all(self, element, **attributes):
        return [
            found
            for found in self.tree.iter(element)
            if attributes.items() <= dict(found.attrib).items()
        ]

    @property
    def items(self):
        """Titles of the context objects, in order."""
        spans = self.all("span", **{"class": "Z3988"})
        held = [parsed(span.get("title")) for span in spans]
        keys = ("rft.atitle", "rft.btitle", "rft.title")
        return [next(one[key][0] for key in keys if key in one) for one in held]

    @property
    def graph(self):
        (block,) = self.all("script", type="application/ld+json")
        return json.loads(block.text)

    def meta(self, name):
        return [tag.get("content") for tag in self.all("meta", name=name)]

    def og(self, name):
        (tag,) = self.all("meta", property=f"og:{name}")
        return tag.get("content")

    def links(self, rel):
        return [link.get("href") for link in self.all("link", rel=rel)]
