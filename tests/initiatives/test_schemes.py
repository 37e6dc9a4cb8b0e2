"""The phrases for the ten schemes in the query in words."""

import pytest
from django.http import QueryDict

from initiatives.filters import InitiativeFilter
from initiatives.models import Initiative
from initiatives.schemes import SCHEMES
from tests.factories import ConceptFactory

pytestmark = [pytest.mark.django_db, pytest.mark.once]
LABEL = "Too few citizens come or stay"
NAMES = {
    "leadership": "leadership of the kind",
    "resilience": "resilience of the kind",
    "modes": "mode",
}


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=lambda words: words.slug)
def test_a_label_that_is_a_sentence_is_quoted(scheme):
    ConceptFactory(scheme=scheme.slug, slug="too-few", label=LABEL)
    query = QueryDict(f"{scheme.parameter}=too-few")
    sentence = InitiativeFilter(query, Initiative.objects.published()).sentence
    name = NAMES.get(scheme.slug, scheme.singular)
    assert sentence.startswith("0 cases ")
    assert sentence.endswith(f" {name} “{LABEL}”")
