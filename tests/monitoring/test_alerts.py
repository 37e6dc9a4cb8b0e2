"""The alert rules, their run-books and the dashboard name what there is."""

import json
import re
from pathlib import Path

import pytest
import yaml
from django.conf import settings

from tests.monitoring.samples import names

pytestmark = [pytest.mark.once, pytest.mark.django_db]

FOLDER = Path(settings.BASE_DIR, "deploy/monitoring")
MANUAL = Path(settings.BASE_DIR, "docs/monitoring.md").read_text()
NAME = re.compile(r"\bcasebase_\w+")


def alerts():
    [group] = yaml.safe_load((FOLDER / "alerts.yml").read_text())["groups"]
    return group["rules"]


def dashboard():
    return json.loads((FOLDER / "dashboard.json").read_text())


def expressions_of_dashboard():
    for panel in dashboard()["panels"]:
        for target in panel.get("targets", ()):
            yield target["expr"]


def test_the_site_exports_what_alerts_and_the_dashboard_read():
    told = {name for rule in alerts() for name in NAME.findall(rule["expr"])}
    shown = {name for each in expressions_of_dashboard() for name in NAME.findall(each)}
    assert "casebase_requests_total" in told & shown
    assert told | shown <= names()


def test_the_manual_names_every_metric_and_no_other():
    listed = set(re.findall(r"^\| `(casebase_\w+)`", MANUAL, re.MULTILINE))
    told = {re.sub("_(bucket|sum|count)$", "", name) for name in names()}
    assert listed == told


def test_every_alert_has_a_run_book():
    headings = re.findall(r"^### (Casebase\w+)$", MANUAL, re.MULTILINE)
    assert headings == [rule["alert"] for rule in alerts()]
    for rule in alerts():
        anchor = rule["alert"].lower()
        assert rule["annotations"]["runbook"] == f"docs/monitoring.md#{anchor}"
        assert rule["labels"]["severity"] in {"page", "ticket"}


def test_panels_of_the_dashboard_do_not_overlap():
    taken = set()
    for panel in dashboard()["panels"]:
        at = panel["gridPos"]
        cells = {
            (x, y)
            for x in range(at["x"], at["x"] + at["w"])
            for y in range(at["y"], at["y"] + at["h"])
        }
        assert not cells & taken, panel["title"]
        taken |= cells
    ids = [panel["id"] for panel in dashboard()["panels"]]
    assert len(ids) == len(set(ids))
