"""The project’s own content is complete and valid, and survives the round trip."""

import json
from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from initiatives.loading import import_content
from initiatives.models import Concept, Conflict, Finding, Initiative, Source
from references.models import Reference
from tests.content.conftest import entries, is_write

FIXTURES = settings.BASE_DIR / "fixtures"


@pytest.mark.once
class TestFixtures(TestCase):
    """Compares the loaded content with the files, read without our parser."""

    @classmethod
    def setUpTestData(cls):
        cls.sheets = entries("initiatives")
        cls.schemes = entries("codebook")
        cls.works = json.loads((FIXTURES / "references.csl.json").read_text())
        cls.report = import_content(paths=[FIXTURES])

    @pytest.fixture(autouse=True)
    def set_folder(self, tmp_path):
        self.folder = tmp_path

    def test_every_case_is_loaded(self):
        for column, key in (("slug", "slug"), ("status", "status"), ("name", "name")):
            assert counts(Initiative, column) == Counter(
                sheet[key] for sheet in self.sheets
            )
        assert counts(Initiative, "country") == Counter(
            sheet["place"]["country"] for sheet in self.sheets
        )

    def test_every_finding_is_loaded(self):
        statements = Finding.objects.statements()
        written = [one for sheet in self.sheets for one in sheet["findings"]]
        for column in ("kind", "direction", "basis", "statement"):
            assert counts(statements, column) == Counter(
                finding[column] for finding in written
            )
        modes = [one for sheet in self.sheets for one in sheet["modes"]]
        assert counts(Finding, "short_id") == Counter(
            finding["id"] for finding in written + modes
        )
        figures = sum(finding["figure"] is not None for finding in written)
        assert statements.exclude(figure_value=None).count() == figures > 0

    def test_every_conflict_is_loaded(self):
        assert counts(Conflict, "about") == Counter(
            conflict["about"]
            for sheet in self.sheets
            for conflict in sheet["conflicts"]
        )
        assert not Conflict.objects.filter(sources=None).exists()

    def test_every_term_is_loaded(self):
        for headings in (False, True):
            terms = Concept.objects.filter(is_heading=headings)
            assert counts(terms, "scheme") == Counter(
                scheme["scheme"]["slug"]
                for scheme in self.schemes
                for term in scheme["terms"]
                if term["is_heading"] == headings
            )

    def test_every_work_is_loaded(self):
        listed = Reference.objects.exclude(chapter_position=None)
        positions = listed.values_list("chapter_position", flat=True)
        assert sorted(positions) == list(range(1, 122))
        assert counts(Reference, "key") == Counter(work["id"] for work in self.works)
        corrected = Reference.objects.exclude(correction="")
        assert all(work.chapter_position for work in corrected)

    def test_no_published_finding_is_without_a_source(self):
        findings = Finding.objects.filter(initiative__status="published")
        assert findings.exists()
        assert not findings.unsourced().exists()
        assert not Source.objects.filter(conflict=None, via="").exists()

    def test_every_record_is_valid(self):
        """Uniqueness and constraints are left out: the database has checked them."""
        models = {
            model
            for app in ("initiatives", "references", "taggit")
            for model in apps.get_app_config(app).get_models()
        }
        checked = Counter()
        for model in models:
            for record in model._default_manager.all():
                record.full_clean(validate_unique=False, validate_constraints=False)
                checked[model.__name__] += 1
        assert checked["Finding"] == Finding.objects.count() > 0
        assert checked["Contribution"] > checked["Reference"] > 0

    def test_loading_again_writes_nothing(self):
        with CaptureQueriesContext(connection) as queries:
            report = import_content(paths=[FIXTURES])
        assert not any(is_write(query["sql"]) for query in queries)
        assert not any(of.created or of.changed for of in report.changes)
        assert [of.unchanged for of in report.changes] == [
            *(len(self.works), len(self.schemes)),
            *(Concept.objects.count(), len(self.sheets)),
        ]

    def test_what_is_dumped_is_what_was_loaded(self):
        call_command("dump_content", self.folder, verbosity=0)
        assert contents(self.folder) == contents(FIXTURES)


def counts(records, column):
    records = getattr(records, "objects", records)
    return Counter(records.order_by().values_list(column, flat=True))


def contents(folder: Path):
    files = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".json"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
