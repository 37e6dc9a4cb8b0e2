"""Imports of evidence sheets: the preview, and the import of all sheets or none."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from casebase.change_tracking.models import Counter
from casebase.change_tracking.transactions import tracked_transaction
from casebase.desk.imports.archives import pack
from casebase.desk.imports.models import Upload
from initiatives.models import Initiative
from tests.content.content_folder import EXAMPLE
from tests.desk import Curator
from tests.group_members import Contributor
from tests.imports.importer import Importer, error_lines, text, uploads

KENT = "kent.yaml"


def slugs():
    return set(Initiative.objects.values_list("slug", flat=True))


def original(name):
    return (EXAMPLE / "initiatives" / name).read_text()


def test_a_new_case_is_shown_before_anything_is_written(importer, sheet):
    before = Counter.objects.current()
    preview = importer.preview("cases", (KENT, sheet()))
    assert "kent.yaml: 1 new, 0 changed, 0 unchanged." in text(preview)
    assertContains(preview, "A whole system can be changed.")
    assert "kent" not in slugs()
    assert Counter.objects.current() == before


def test_a_confirmed_case_is_written(importer, sheet):
    done = importer.decide(importer.preview("cases", (KENT, sheet())))
    kent = Initiative.objects.get(slug="kent")
    assert kent.status == "draft"
    assert [f.statement for f in kent.findings.all()] == [
        "A whole system can be changed."
    ]
    assertContains(done, f'?slug=kent">{kent.name}</a>')


@pytest.mark.once
def test_errors_are_reported_with_line_and_field(importer, sheet):
    replacements = [
        ("kind: lesson", "kind: lessen"),
        ("country: GB", "country: UK"),
        ("service_areas: [young-people]", "service_areas: [young-peple]"),
    ]
    preview = importer.preview("cases", (KENT, sheet(*replacements[::2])))
    assert error_lines(preview) == [
        "kent.yaml:18: service_areas.1: “young-peple” is not a term of the scheme "
        "service-areas; did you mean “young-people”?",
        "kent.yaml:31: findings.1.kind: “lessen” is not a kind of finding; did you "
        "mean “lesson”?",
    ]
    preview = importer.preview("cases", (KENT, sheet(replacements[1])))
    assert error_lines(preview) == [
        "kent.yaml:12: place.country: “UK” is not a known choice."
    ]
    assert "mark" not in preview.context["preview"]


def test_a_changed_case_shows_its_old_and_new_values(importer):
    changed = original("weyhe.yaml").replace("locality: Weyhe", "locality: Leeste")
    preview = importer.preview("cases", ("weyhe.yaml", changed))
    [row] = preview.context["page"]
    [part] = row["changes"]
    assert [(f.label, f.before, f.after) for f in part.fields] == [
        ("Locality", "Weyhe", "Leeste")
    ]
    importer.decide(preview)
    assert Initiative.objects.get(slug="weyhe").locality == "Leeste"


@pytest.mark.once
def test_unchanged_cases_are_not_imported(importer):
    preview = importer.preview("cases", ("weyhe.yaml", original("weyhe.yaml")))
    assertContains(preview, "There is nothing to import")
    assert "Confirm the import" not in text(preview)


@pytest.mark.once
def test_one_invalid_sheet_prevents_the_import(importer, sheet):
    bad = sheet(("slug: kent", "slug: essex"), ("Kent", "Essex"), ("GB", "XX"))
    files = [(KENT, sheet()), ("essex.yaml", bad)]
    preview = importer.preview("cases", *files)
    assert [line.split(":")[0] for line in error_lines(preview)] == ["essex.yaml"]
    # Confirming it all the same, as no page offers.
    importer.decide(preview)
    assert not slugs() & {"kent", "essex"}


@pytest.mark.once
def test_a_zip_may_have_sheets_in_folders(importer, sheet):
    files = [("sheets/kent.yaml", sheet().encode()), ("__MACOSX/._kent.yaml", b"\0")]
    importer.decide(importer.preview("cases", ("cases.zip", pack(files))))
    assert "kent" in slugs()


def test_a_stale_preview_is_shown_again(importer, sheet):
    changed = original("weyhe.yaml").replace("locality: Weyhe", "locality: Leeste")
    preview = importer.preview("cases", ("weyhe.yaml", changed))
    Initiative.objects.filter(slug="weyhe").update(region="Bremen")
    again = importer.decide(preview)
    assertContains(again, "Something has changed since the preview")
    assert Initiative.objects.get(slug="weyhe").locality == "Weyhe"
    labels = [f.label for f in again.context["page"][0]["changes"][0].fields]
    assert labels == ["Locality", "Region"]
    importer.decide(again)
    assert Initiative.objects.get(slug="weyhe").locality == "Leeste"


def test_unrelated_changes_do_not_prevent_an_import(importer, sheet):
    preview = importer.preview("cases", (KENT, sheet()))
    Initiative.objects.filter(slug="weyhe").update(region="Bremen")
    importer.decide(preview)
    assert "kent" in slugs()


def test_an_import_is_confirmed_once(importer, sheet):
    preview = importer.preview("cases", (KENT, sheet()))
    importer.decide(preview)
    Initiative.objects.filter(slug="kent").update(locality="Dover")
    done = importer.decide(preview)
    assertContains(done, "1 new")
    assert Initiative.objects.get(slug="kent").locality == "Dover"


def test_an_upload_can_be_deleted(importer, sheet):
    preview = importer.preview("cases", (KENT, sheet()))
    assert uploads() == 1
    importer.decide(preview, forget="yes")
    assert uploads() == 0


@pytest.mark.once
def test_an_upload_is_visible_only_to_its_owner(importer, sheet):
    preview = importer.preview("cases", (KENT, sheet()))

    class Other(Curator):
        group = "Contributors"

    other = Importer(Other())
    assert other.client.get(preview.request["PATH_INFO"]).status_code == 404
    assert other.client.post(preview.request["PATH_INFO"]).status_code == 404


@pytest.mark.once
@pytest.mark.parametrize(
    ("name", "was", "now", "sentence"),
    [
        (KENT, "status: draft", "status: review", "A new case comes in as a draft"),
        ("weyhe.yaml", "status: published", "status: withdrawn", "its own page"),
    ],
)
def test_an_import_does_not_change_a_status(importer, sheet, name, was, now, sentence):
    content = sheet() if name == KENT else original(name)
    preview = importer.preview("cases", (name, content.replace(was, now)))
    assert any(sentence in line for line in error_lines(preview))


@pytest.mark.once
def test_contributors_import_drafts_only(loaded, sheet):
    class Contributor(Curator):
        group = "Contributors"

    importer = Importer(Contributor())
    changed = original("weyhe.yaml").replace("locality: Weyhe", "locality: Leeste")
    preview = importer.preview("cases", ("weyhe.yaml", changed))
    assert error_lines(preview)[0].endswith(
        "slug: You may change drafts; ask a curator about this case."
    )
    importer.decide(importer.preview("cases", (KENT, sheet())))
    assert "kent" in slugs()


@pytest.mark.once
def test_imports_need_permissions(client, loaded):
    assert client.get(reverse("imports:cases")).status_code == 302

    class Keeper(Curator):
        group = "Codebook keepers"

    keeper = Keeper().client
    assert keeper.get(reverse("imports:overview")).status_code == 403
    assert keeper.post(reverse("imports:cases")).status_code == 403


@pytest.mark.once
@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([], "This field is required."),
        ([("a.yaml", "")], "The submitted file is empty."),
        (
            [("a.zip", b"x"), ("b.yaml", b"x")],
            "Choose either one zip or sheets.",
        ),
    ],
)
def test_a_form_without_sheets_is_refused(importer, files, sentence):
    assertContains(importer.upload("cases", *files), sentence)
    assert uploads() == 0


def test_an_import_is_undone_as_a_whole(importer, sheet):
    changed = original("weyhe.yaml").replace("locality: Weyhe", "locality: Leeste")
    files = [(KENT, sheet()), ("weyhe.yaml", changed)]
    done = importer.decide(importer.preview("cases", *files))
    assert "kent" in slugs()
    undone = importer.decide(done, undo="yes")
    assertContains(undone, "was undone.")
    assert "kent" not in slugs()
    assert Initiative.objects.get(slug="weyhe").locality == "Weyhe"
    # In another window the button is still there.
    assertContains(importer.decide(done, undo="yes"), "was undone.")


@pytest.mark.once
def test_undoing_an_import_needs_permission_to_delete(importer, sheet):
    contributor = Importer(Contributor())
    done = contributor.decide(contributor.preview("cases", (KENT, sheet())))
    assertNotContains(done, "Undo the import")
    assert contributor.decide(done, undo="yes").status_code == 403
    assert "kent" in slugs()


def test_an_import_with_later_changes_can_not_be_undone(importer, sheet):
    done = importer.decide(importer.preview("cases", (KENT, sheet())))
    kent = Initiative.objects.get(slug="kent")
    with tracked_transaction():
        Initiative.objects.filter(pk=kent.pk).update(locality="Dover")
    refused = importer.decide(done, undo="yes")
    assertContains(refused, "“kent” was changed since")
    assert "kent" in slugs()


def test_an_import_is_in_the_history(importer, sheet):
    done = importer.decide(importer.preview("cases", (KENT, sheet())))
    assert Upload.objects.get().edit.versions.get().name == "kent"
    assert Upload.objects.get().edit.why == "Imported: kent.yaml"
    assert done.context["upload"].report["new"] == ["kent"]


def test_uploads_expire_after_a_week(importer, sheet):
    preview = importer.preview("cases", (KENT, sheet()))
    Upload.objects.update(expires=timezone.now())
    assert importer.client.get(preview.request["PATH_INFO"]).status_code == 404
    importer.preview("cases", (KENT, sheet()))
    assert uploads() == 1


def test_the_oldest_upload_is_deleted_above_the_limit(importer, sheet, monkeypatch):
    monkeypatch.setattr(Upload, "MAX_PER_USER", 1)
    for _ in range(3):
        importer.preview("cases", (KENT, sheet()))
    assert uploads() == 2


@pytest.mark.once
def test_the_overview_lists_the_uploads_of_the_user(importer, sheet):
    importer.preview("cases", (KENT, sheet()))
    overview = importer.client.get(reverse("imports:overview"))
    assertContains(overview, "To be confirmed")
    assertContains(overview, reverse("imports:cases"))


@pytest.mark.once
def test_files_above_the_size_limit_are_refused(importer, sheet, monkeypatch):
    monkeypatch.setattr("casebase.desk.imports.forms.MAX_BYTES", 100)
    refused = importer.upload("cases", (KENT, sheet()))
    assertContains(refused, "choose fewer.")
    assert not Upload.objects.exists()


@pytest.mark.once
def test_an_upload_is_named_after_its_files(importer, sheet):
    importer.preview("cases", (KENT, sheet()), ("essex.yaml", sheet()))
    assert str(Upload.objects.get()) == "kent.yaml and 1 more"


@pytest.mark.once
def test_however_few_sheets_are_read_at_a_time_repetitions_are_found(
    importer, sheet, monkeypatch
):
    monkeypatch.setattr("casebase.desk.imports.sheet_changes.CHUNK", 1)
    with_id = sheet(("  - kind", "  - id: fkkkkkkk\n    kind"))
    other = with_id.replace("slug: kent", "slug: essex")
    files = [(KENT, with_id), ("essex.yaml", other), ("again.yaml", sheet())]
    preview = importer.preview("cases", *files)
    keys = [line.split(": ")[1] for line in error_lines(preview)]
    assert keys == ["slug", "name", "name", "findings.1.id"]
