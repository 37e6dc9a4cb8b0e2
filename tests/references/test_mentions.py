"""Tests of links for mentions of works in a text."""

import pytest

from references.mentions import link_mentions
from references.models import Reference
from tests.factories import ContributionFactory, ReferenceFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]


@pytest.fixture
def works():
    both = ReferenceFactory(key="meyer-grosser-2014", issued_year=2014)
    for position, family in enumerate(("Meyer", "Grosser"), start=1):
        ContributionFactory(reference=both, person__family=family, position=position)
    undated = ReferenceFactory(key="ortega-nd")
    ContributionFactory(reference=undated, person__family="Ortega")
    return list(Reference.objects.with_contributors().order_by("key"))


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ("See Meyer & Grosser 2014.", "meyer-grosser-2014", "Meyer &amp; Grosser 2014"),
        ("(Meyer and Grosser 2014)", "meyer-grosser-2014", "Meyer and Grosser 2014"),
        ("Meyer and Grosser (2014)", "meyer-grosser-2014", "Meyer and Grosser (2014)"),
        ("of meyer-grosser-2014,", "meyer-grosser-2014", "Meyer &amp; Grosser 2014"),
        ("Ortega n.d. says", "ortega-nd", "Ortega n.d."),
    ],
)
def test_a_mention_links_to_the_work(works, text, key, words):
    linked = link_mentions(text, works)
    assert linked.count("<a ") == 1
    assert f'<a href="/references/{key}/">{words}</a>' in linked


@pytest.mark.parametrize(
    "text",
    ["Meyer 2014", "Cortega n.d.", "a-ortega-nd", "ortega-nd-2", "2014 & <b>", ""],
)
def test_text_without_mentions_is_unchanged(works, text):
    escaped = text.replace("&", "&amp;").replace("<b>", "&lt;b&gt;")
    assert link_mentions(text, works) == link_mentions(text, []) == escaped


def test_every_mention_is_linked_even_if_works_are_repeated(works):
    linked = link_mentions("Ortega n.d., Ortega n.d., meyer-grosser-2014", works * 2)
    assert linked.count('href="/references/ortega-nd/"') == 2
    assert linked.count("<a ") == 3
