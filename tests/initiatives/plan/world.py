"""A small codebook with cases, and a reader who fills in a plan."""

import re
from html import unescape

from casebase.kept.models import Kept
from tests.factories import (
    ConceptFactory,
    FindingFactory,
    InitiativeFactory,
    SourceFactory,
)

SAME_SITE = {"sec-fetch-site": "same-origin"}
MAP_QUESTIONS = ["Who helps already?", "What is unused?"]


def create_steps():
    """Create two change steps, and return them."""
    return [
        ConceptFactory(
            scheme="change-steps",
            slug=slug,
            label=label,
            order=order,
            questions=questions,
            actions=["Ask around", "Draw a map"],
            outputs=["A map"],
        )
        for order, (slug, label, questions) in enumerate(
            [
                ("map-it", "Map it", MAP_QUESTIONS),
                ("grow-it", "Grow it", ["Who wants it next?"]),
            ]
        )
    ]


def create_finding(step=None, term=None, **fields):
    """Create a finding on a step, or one on a barrier that was met, or another."""
    if step:
        fields |= {"kind": "change-step", "concept": step}
    if term:
        fields = {"kind": "barrier", "concept": term, "direction": "helped"} | fields
        fields.setdefault("response", "They rang every bell.")
    return FindingFactory(**fields)


def create_case(name, **fields):
    return InitiativeFactory(name=name, slug=name.lower().replace(" ", "-"), **fields)


def create_barrier(slug="mistrust", label="Mistrust"):
    return ConceptFactory(slug=slug, label=label)


def start_plan(**start):
    return Kept.start(Kept.Kind.PLAN, {"start": {"title": "Home care"} | start})


def saved(kept, name):
    """Return the stored content of a section."""
    return Kept.objects.get(pk=kept.pk).contents.get(name)


class Reader:
    """A reader with a link. ``fields`` are those of the form she has open."""

    def __init__(self, client, token):
        self.client, self.token, self.fields = client, token, {}

    def get(self, path, **query):
        self.path = f"/plan/{self.token}/{path}"
        self.page = self.client.get(self.path, query)
        self.text = unescape(self.page.content.decode())
        self.fields = hidden_fields(self.text)
        return self.page

    def post(self, path=None, **fields):
        address = f"/plan/{self.token}/{path}" if path is not None else self.path
        names = {name.replace("__", "-"): value for name, value in fields.items()}
        self.page = self.client.post(address, self.fields | names)
        self.text = unescape(self.page.content.decode())
        return self.page


def hidden_fields(text):
    pattern = r'<input type="hidden" name="([^"]+)" value="([^"]*)"'
    return dict(re.findall(pattern, text))


def cite(finding, **fields):
    return SourceFactory(finding=finding, **fields)
