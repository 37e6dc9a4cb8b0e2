"""docs/plan-files.md lists every format, column and key."""

import json
import re

import pytest
from django.conf import settings

from initiatives.codebook import Codebook
from initiatives.plan.content import Plan, Quote, QuotedSource, Row, Start
from initiatives.plan.layout import PlanLayout
from initiatives.plan.outputs.file_content import (
    ANSWER_COLUMNS,
    CHECK_COLUMNS,
    QUOTE_COLUMNS,
    ROW_COLUMNS,
    WORK_COLUMNS,
    PlanFile,
)
from initiatives.plan.outputs.files import FORMATS

pytestmark = [pytest.mark.django_db, pytest.mark.once]


def test_the_documentation_lists_all_formats_and_columns():
    text = (settings.BASE_DIR / "docs" / "plan-files.md").read_text()
    tables = re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE)
    names = [re.findall(r"^\| `([\w-]+)` \|", table, re.MULTILINE) for table in tables]
    content = PlanFile(PlanLayout(Plan(), Codebook()), None, "")
    (written,) = FORMATS["json"].write(content)
    keys = json.loads(written)
    assert names[:3] == [list(FORMATS), list(ROW_COLUMNS), list(keys)]
    sheets = (ANSWER_COLUMNS, CHECK_COLUMNS, QUOTE_COLUMNS, WORK_COLUMNS)
    named = re.findall(r"`([\w-]+)`", text)
    assert {name for columns in sheets for name in columns} <= set(named)
    parts = dict(re.findall(r"^\| (\w+) \| (.*) \|$", text, re.MULTILINE))
    models = {"start": Start, "row": Row, "quote": Quote, "source": QuotedSource}
    for part, model in models.items():
        assert set(model.model_fields) <= set(re.findall(r"`(\w+)`", parts[part])), part
