"""What apps declare of the records that are searched."""

import subprocess
import sys

import pytest

from casebase.search import indexing
from casebase.search.index_tables import create_missing_tables
from casebase.search.models import Document, Name
from casebase.search.queries import matching, ranked, snippets
from casebase.search.rebuilding import rebuild
from casebase.search.searched_records import page_prefixes
from initiatives.models import Organisation
from initiatives.schemes import SCHEMES

# As if code tokenized a text while the site starts, before search is ready.
ASK_EARLY = """
import django
from casebase.search.apps import SearchConfig
SearchConfig.ready = lambda self: None
django.setup()
from casebase.search.tokenizer import words
print(words("/barriers/mistrust/ /references/a-2014/ /and/or/"))
"""


@pytest.fixture
def works_council():
    return Organisation.objects.create(name="Works councils")


@pytest.mark.django_db
def test_a_kind_that_is_declared_is_searched(declare_organisations, works_council):
    other = Organisation.objects.create(name="Fire brigade")
    declare_organisations()
    create_missing_tables()
    indexing.update_index({"organisation": {works_council.pk, other.pk}})
    assert list(matching("organisation", "council")) == [works_council.pk]
    assert ranked("organisation", "fire", 5) == [other.pk]
    [[snippet]] = snippets("organisation", [other.pk], "fire").values()
    assert snippet.pieces == [("Fire", True), (" brigade", False)]
    assert Name.objects.get(value="Fire brigade").kind == "organisation"
    other.delete()
    rebuild()
    assert not matching("organisation", "fire")
    assert matching("organisation", "council")


@pytest.mark.django_db
@pytest.mark.parametrize("is_multilingual", [True, False])
def test_only_kinds_with_several_languages_are_searched_in_all(
    declare_organisations, is_multilingual
):
    body = Organisation.objects.create(name="Häuser")
    declare_organisations(is_multilingual=is_multilingual)
    create_missing_tables()
    indexing.update_index({"organisation": {body.pk}})
    assert bool(matching("organisation", "Hauses")) is is_multilingual


@pytest.mark.django_db
def test_a_kind_that_is_not_declared_is_passed_over(works_council):
    indexing.update_index({"organisation": {works_council.pk}})
    assert not Document.objects.exists()


def test_the_addresses_of_the_pages_of_declared_kinds_are_known():
    assert page_prefixes() == sorted(
        ["findings", "initiatives", "references", *SCHEMES]
    )


def test_a_kind_declares_how_the_addresses_of_its_pages_begin(declare_organisations):
    declare_organisations(page_prefixes=["bodies"])
    assert "bodies" in page_prefixes()


def test_these_addresses_are_known_before_the_site_has_started():
    run = subprocess.run(
        [sys.executable, "-c", ASK_EARLY], capture_output=True, text=True, check=True
    )
    assert run.stdout == ("['/barriers/mistrust', '/references/a-2014', 'and', 'or']\n")
