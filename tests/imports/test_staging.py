"""New cases, which are written beside the tables and then published in a moment."""

import pytest
from django.contrib.auth.models import User
from django.db import OperationalError, transaction

from casebase.change_tracking.models import Touched
from casebase.change_tracking.transactions import (
    DERIVED_DATA_UPDATERS,
    tracked_transaction,
)
from casebase.desk.imports import apply_upload, case_import, staged_cases
from casebase.desk.imports.archives import pack
from casebase.desk.imports.models import Upload
from casebase.desk.imports.packed_sheets import PackedSheet
from casebase.desk.quality.derived_updates import rebuild_derived
from casebase.desk.quality.models import Completeness
from casebase.history.models import Edit, Version
from casebase.history.version_recording import record_all
from casebase.search.models import Document
from initiatives.loading.cases import import_sheets
from initiatives.models import Concept, Finding, Initiative
from initiatives.sheet_serializers import case_sheet_of
from initiatives.sheet_yaml import parse_yaml
from references.models import Reference
from tests.content.content_folder import EXAMPLE
from tests.imports.importer import text

# What a new case has differently than the one of the example.
REPLACEMENTS = {
    "slug: weyhe": "slug: {0}",
    "[pro-yougend]": "[pro-{0}]",
    "Streetwatchers in Weyhe": "Streetwatchers in {0}",
    "status: published": "status: draft",
    "published_on: 2026-11-24": "published_on: null",
    "revised_on: 2026-11-24": "revised_on: null",
    "name: Local police": "name: Police of {0}",
    "tags: [night-time": "tags: [{0}, Night-Time",
    "all others from 2008.": "all others from 2008.\n    findings: [f3333333]",
    "f2222222": "f2222{0:.3}",
    "f3333333": "f3333{0:.3}",
    "f4444444": "f4444{0:.3}",
}


def new_sheet(slug):
    """Return the sheet of a new case, with something in every table."""
    text = (EXAMPLE / "initiatives/weyhe.yaml").read_text()
    for old, new in REPLACEMENTS.items():
        assert old in text
        text = text.replace(old, new.format(slug))
    return text


@pytest.fixture
def uploaded(loaded):
    """Return a function that stores an upload of new cases with these slugs."""
    keeper = User.objects.create_superuser("keeper")

    def store(*slugs, sheet_of=new_sheet):
        files = [(f"{slug}.yaml", sheet_of(slug).encode()) for slug in slugs]
        upload = Upload.objects.create(
            kind="cases", by=keeper, name="sheets.zip", content=pack(files)
        )
        upload.confirm(case_import.build_preview(upload, iter)["mark"], {})
        return upload

    return store


@pytest.fixture
def interfere(monkeypatch):
    """Return a function that lets something happen after each of the first plans."""
    plan, planned = case_import.plan_import, []

    def arrange(happen, times=1):
        def plan_import(*args):
            planned.append(plan(*args))
            if len(planned) <= times:
                with tracked_transaction():
                    happen()
            return planned[-1]

        monkeypatch.setattr(case_import, "plan_import", plan_import)
        return planned

    return arrange


def derived_rows():
    return [
        list(model.objects.order_by("pk").values())
        for model in (Finding, Completeness, Version, Document)
    ]


def test_what_is_derived_is_as_if_it_were_derived_afterwards(uploaded):
    assert apply_upload.try_to_apply(uploaded("kent", "essex")) == []
    assert not Touched.objects.pending().exists()
    before = derived_rows()
    record_all()
    rebuild_derived()
    Touched.objects.update(is_followed=False)
    with tracked_transaction():
        pass
    assert derived_rows() == before


def test_all_records_with_new_rows_are_touched(uploaded):
    Touched.objects.all().delete()
    apply_upload.try_to_apply(uploaded("kent"))
    kent = Initiative.objects.get(slug="kent")
    touched = Touched.objects.by_kind()
    assert touched["initiative"] == {kent.pk}
    assert touched["finding"] == {finding.pk for finding in kent.findings.all()}


@pytest.mark.once
def test_staged_cases_do_all_that_writing_records_does():
    """Whoever adds to it adds to ``staged_cases.derive_data``, too."""
    names = {update.__module__.rpartition(".")[2] for update in DERIVED_DATA_UPDATERS}
    # The index has no drafts.
    assert names == {
        "version_recording",
        "stored_grades",
        "derived_updates",
        "indexing",
    }


def test_cases_that_others_add_meanwhile_keep_their_primary_keys(uploaded):
    plan = case_import.plan_import(uploaded("kent"), iter)
    with plan.prepared() as write:
        assert not Initiative.objects.filter(slug="kent").exists()
        with tracked_transaction():
            import_sheets(files=[parse_yaml(new_sheet("essex"), "essex.yaml")])
        essex = Initiative.objects.get(slug="essex")
        with tracked_transaction():
            write()
    kent = Initiative.objects.get(slug="kent")
    assert kent.pk != essex.pk
    for case in (kent, essex):
        assert Version.objects.get(kind="initiative", key=case.pk).name == case.slug
        assert Completeness.objects.get(initiative=case).status == "draft"
        written = parse_yaml(new_sheet(case.slug), "").value
        # The tag is there already, in small letters.
        written["tags"] = sorted([case.slug, "night-time", "volunteering"])
        assert case_sheet_of(case).model_dump(mode="json", warnings=False) == written
    # The next rows get keys of their own.
    Initiative.objects.create(slug="devon", name="Devon")


@pytest.mark.once
def test_an_import_is_planned_again_if_a_work_was_changed(uploaded, interfere):
    upload = uploaded("kent")
    planned = interfere(lambda: Reference.objects.first().save())
    assert apply_upload.try_to_apply(upload) == []
    assert len(planned) == 2
    assert Edit.objects.filter(act="import").count() == 1


@pytest.mark.once
def test_an_import_is_not_planned_again_for_other_cases(uploaded, interfere):
    upload = uploaded("kent")
    planned = interfere(lambda: Initiative.objects.get(slug="weyhe").save())
    assert apply_upload.try_to_apply(upload) == []
    assert len(planned) == 1


@pytest.mark.once
@pytest.mark.parametrize(
    ("change", "times"),
    [({"definition": "Better."}, 1), ({"label": "Doubt"}, 1), ({"order": 99}, 2)],
)
def test_texts_of_terms_may_change_meanwhile(uploaded, interfere, change, times):
    upload = uploaded("kent")
    terms = Concept.objects.filter(scheme="barriers")
    planned = interfere(lambda: terms.filter(pk=terms.first().pk).update(**change))
    assert apply_upload.try_to_apply(upload) == []
    assert len(planned) == times


@pytest.mark.once
def test_an_import_does_not_wait_for_ever_for_others(uploaded, interfere):
    upload = uploaded("kent")
    planned = interfere(lambda: Reference.objects.first().save(), times=3)
    assert apply_upload.try_to_apply(upload) == []
    assert len(planned) == 4


def test_an_import_that_was_given_up_meanwhile_writes_nothing(uploaded, interfere):
    upload = uploaded("kent")
    interfere(lambda: Upload.objects.update(state="previewed"))
    [reason] = apply_upload.try_to_apply(upload)
    assert reason.startswith("Something has changed since the preview")
    assert not Initiative.objects.filter(slug="kent").exists()


def test_a_table_without_new_rows_keeps_its_next_primary_key(uploaded, sheet):
    upload = uploaded("kent", sheet_of=lambda slug: sheet())
    assert apply_upload.try_to_apply(upload) == []
    assert Initiative.objects.filter(slug="kent").exists()
    Initiative.objects.create(slug="devon", name="Devon")


def test_a_transaction_that_is_lost_tells_its_own_error(uploaded):
    """As when the database goes away; its temporary tables are gone then."""
    plan = case_import.plan_import(uploaded("kent"), iter)
    lost = pytest.raises(OperationalError, match="went away")
    with lost, transaction.atomic(), plan.prepared():
        transaction.set_rollback(True)
        raise OperationalError("The server went away.")


def test_a_case_that_somebody_adds_meanwhile_makes_the_preview_stale(
    uploaded, interfere
):
    upload = uploaded("kent")
    interfere(lambda: Initiative.objects.create(slug="kent", name="Kent"))
    [reason] = apply_upload.try_to_apply(upload)
    assert reason.startswith("Something has changed since the preview")
    assert Initiative.objects.get(slug="kent").name == "Kent"
    assert not Edit.objects.filter(act="import").exists()


@pytest.mark.once
def test_nothing_is_left_of_an_import_that_fails(uploaded, monkeypatch):
    monkeypatch.setattr(staged_cases, "update_completeness", None)
    with pytest.raises(TypeError):
        apply_upload.try_to_apply(uploaded("kent"))
    assert Initiative.objects.filter(slug="weyhe").exists()
    assert not Initiative.objects.filter(slug="kent").exists()


@pytest.mark.once
def test_a_page_of_a_preview_reads_its_own_sheets(importer, sheet, monkeypatch):
    monkeypatch.setattr(case_import, "CASES_PER_PAGE", 1)
    essex = sheet(("slug: kent", "slug: essex"), ("in Kent", "in Essex"))
    read, pack_file = [], PackedSheet.pack
    files = [("kent.yaml", sheet()), ("essex.yaml", essex)]
    preview = importer.preview("cases", *files)
    monkeypatch.setattr(
        PackedSheet, "pack", lambda *args: read.append(1) or pack_file(*args)
    )
    upload = Upload.objects.get()
    shown = case_import.preview_context(upload, preview.context["preview"], {"page": 2})
    assert [row["entry"].data.slug for row in shown["page"]] == ["essex"]
    assert len(read) == 1
    assert "2 new" in text(preview)
