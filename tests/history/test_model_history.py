"""What apps declare of the models whose records have versions."""

from datetime import UTC, date, datetime

import pytest

from casebase.change_tracking.transactions import tracked_transaction
from casebase.history.model_history import ModelHistory, versioned
from casebase.history.models import Edit
from casebase.history.restoring import restore
from casebase.history.version_recording import content_apps
from casebase.registry import kind_of
from initiatives.models import Concept, Initiative
from references.models import Reference
from tests.factories import (
    ConceptFactory,
    FormerKeyFactory,
    FormerSlugFactory,
    InitiativeFactory,
    ReferenceFactory,
)
from tests.history.versions import content, version

MAKERS = {
    Reference: (ReferenceFactory, FormerKeyFactory, "reference"),
    Concept: (ConceptFactory, FormerSlugFactory, "concept"),
    Initiative: (InitiativeFactory, FormerSlugFactory, "initiative"),
}


def test_what_others_point_to_is_registered_first():
    assert list(versioned) == ["reference", "concept", "initiative"]


@pytest.mark.parametrize("kind", versioned)
def test_each_model_is_registered_with_its_own_history(kind):
    assert versioned[kind].kind == kind


def test_a_history_without_one_of_the_needed_methods_is_no_history():
    def no_method(*_):
        """A placeholder; only its name matters."""

    needed = ModelHistory.__abstractmethods__
    assert needed == {"content_of", "name_of", "parts_of", "write"}
    for missing in needed:
        methods = dict.fromkeys(needed - {missing}, no_method)
        with pytest.raises(TypeError, match=missing):
            type("Incomplete", (ModelHistory,), methods)()


def test_migrations_of_every_registered_app_may_change_records():
    assert content_apps() == {"references", "initiatives", "taggit"}


@pytest.mark.django_db
@pytest.mark.parametrize("model", MAKERS)
def test_a_content_has_the_names_of_its_record(model):
    make, make_former, owner = MAKERS[model]
    record, history = make(), versioned.of(model)
    without = content(record)
    former = make_former(**{owner: record})
    assert former._meta.model is history.former_name_model
    assert getattr(former, history.owner_column) == record.pk
    said = content(record)
    assert history.name_in(said) == getattr(record, history.name_column)
    assert history.former_names_in(said) == [getattr(former, history.name_column)]
    assert history.former_names_in(history.without_former_names(said)) == []
    assert history.comparable(said) == history.comparable(without)
    assert set(history.identity) <= set(said)


@pytest.mark.django_db
@pytest.mark.parametrize("model", MAKERS)
def test_a_record_keeps_its_present_identity(model):
    record, history = MAKERS[model][0](), versioned.of(model)
    earlier = content(record)
    record.rename(**{history.name_column: "renamed"})
    merged = history.merge_current_identity(earlier, content(record))
    assert merged == content(record)


@pytest.mark.django_db
def test_a_deleted_term_comes_back_as_it_was():
    with tracked_transaction():
        term = ConceptFactory(definition="Neighbours fear each other.")
    before, first = content(term), version(term, 1)
    with tracked_transaction():
        Concept.objects.all().delete()
    restore(first)
    assert content(Concept.objects.get(pk=first.key)) == before


@pytest.mark.django_db
def test_a_version_of_a_record_without_a_date_bears_that_of_its_edit():
    with tracked_transaction():
        work = ReferenceFactory(issued_year=2014)
    Edit.objects.update(at=datetime(2026, 5, 12, 12, tzinfo=UTC))
    assert version(work, 1).day == date(2026, 5, 12)


def test_proxies_of_a_model_share_its_history():
    proxies = [model for model in Concept.__subclasses__() if model._meta.proxy]
    assert proxies
    for proxy in proxies:
        assert versioned.of(proxy) is versioned[kind_of(Concept)]
