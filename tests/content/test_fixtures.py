"""The project's own content: whole, valid, and the same there and back."""

from collections import Counter
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from initiatives.importing import import_content
from initiatives.models import Concept, Conflict, Finding, Initiative, Source
from references.models import Reference
from tests.content.conftest import is_write

FIXTURES = settings.BASE_DIR / "fixtures"


class TestFixtures(TestCase):
    """Loaded once for all: the counts are those of the research they come from."""

    @classmethod
    def setUpTestData(cls):
        cls.report = import_content(paths=[FIXTURES])

    @pytest.fixture(autouse=True)
    def in_a_folder_of_its_own(self, tmp_path):
        self.folder = tmp_path

    def test_every_case_is_there(self):
        assert counts(Initiative, "status") == {"published": 19, "review": 7}
        assert counts(Initiative, "country") == {
            **{"GB": 14, "DE": 3, "DK": 2, "CA": 1, "FI": 1},
            **{"FR": 1, "IT": 1, "JP": 1, "NL": 1, "SE": 1},
        }

    def test_every_finding_is_there(self):
        assert counts(Finding, "kind") == {
            **{"barrier": 80, "outcome": 71, "leadership": 61, "motivation": 49},
            **{"participation": 47, "risk": 43, "change-step": 39, "lesson": 32},
            **{"performance": 25, "spread": 23, "cost": 22, "resilience": 15},
            **{"negative-effect": 13, "saving": 11, "mode": 48},
        }
        statements = Finding.objects.statements()
        assert statements.count() == 531
        assert counts(statements, "direction") == {
            **{"neutral": 287, "helped": 111, "not-reported": 96},
            **{"hindered": 21, "mixed": 16},
        }
        assert counts(statements, "basis") == {"coded": 296, "stated": 235}
        assert statements.exclude(figure_value=None).count() == 140

    def test_every_conflict_is_there(self):
        assert Conflict.objects.count() == 34
        assert not Conflict.objects.filter(sources=None).exists()

    def test_every_term_is_there(self):
        assert counts(Concept, "scheme") == {
            **{"barriers": 23, "risks": 13, "leadership": 14, "motivations": 17},
            **{"negative-effects": 11, "resilience": 5, "change-steps": 5},
            **{"strategies": 33, "modes": 6, "service-areas": 16},
        }
        headings = Concept.objects.filter(is_heading=True)
        assert counts(headings, "scheme") == {
            **{"barriers": 3, "leadership": 2, "motivations": 2},
            **{"strategies": 6, "modes": 2},
        }

    def test_every_work_is_there(self):
        listed = Reference.objects.exclude(chapter_position=None)
        positions = listed.values_list("chapter_position", flat=True)
        assert sorted(positions) == list(range(1, 122))
        assert Reference.objects.count() == 428
        corrected = Reference.objects.exclude(correction="")
        assert corrected.count() == 72
        assert all(work.chapter_position for work in corrected)

    def test_no_published_finding_is_without_a_source(self):
        findings = Finding.objects.filter(initiative__status="published")
        assert findings.exists()
        assert not findings.unsourced().exists()
        assert not Source.objects.filter(conflict=None, via="").exists()

    def test_every_record_is_valid(self):
        models = {
            model
            for app in ("initiatives", "references", "taggit")
            for model in apps.get_app_config(app).get_models()
        }
        checked = Counter()
        for model in models:
            for record in model._default_manager.all():
                record.full_clean()
                checked[model.__name__] += 1
        assert checked["Finding"] == 579
        assert checked["Contribution"] > 700

    def test_loading_again_writes_nothing(self):
        with CaptureQueriesContext(connection) as queries:
            report = import_content(paths=[FIXTURES])
        assert not any(is_write(query["sql"]) for query in queries)
        assert not any(of.created or of.changed for of in report.changes)
        assert [of.unchanged for of in report.changes] == [428, 10, 143, 26]

    def test_what_is_dumped_is_what_was_loaded(self):
        call_command("dump_content", self.folder, verbosity=0)
        assert contents(self.folder) == contents(FIXTURES)


def counts(records, column):
    records = getattr(records, "objects", records)
    return Counter(records.order_by().values_list(column, flat=True))


def contents(folder: Path):
    files = (path for path in folder.rglob("*") if path.suffix in (".yaml", ".json"))
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}
