"""Migrations since the last release are such that the code of that release survives."""

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from tests.migration_rules import Rules

# The last migration of each app in the last release, or before the first one. Each
# release brings them up to date.
RELEASED = {
    "accounts": "0003_plain_labels",
    "changes": "0002_kind_of_any_length",
    "history": "0003_edit_labels",
    "initiatives": "0015_removed_findings",
    "intake": "0002_upload_labels",
    "kept": "0001_initial",
    "merging": "0002_kept_and_gone",
    "rate_limits": "0001_initial",
    "references": "0006_plain_help",
    "search": "0004_index_by_name",
    "suggestions": "0004_tally_to_rate_limits",
    "upkeep": "0004_findings_to_gain",
}
OURS = {"casebase", "initiatives", "references"}


def released_and_new():
    """Return our migrations up to the last release, and those since, in their order."""
    graph = MigrationLoader(None).graph
    released, new = [], []
    for node in graph._generate_plan(graph.leaf_nodes(), at_end=True):
        app, name = node
        if apps.get_app_config(app).name.partition(".")[0] in OURS:
            is_released = name <= RELEASED.get(app, "")
            (released if is_released else new).append(graph.nodes[node])
    return released, new


@pytest.mark.once
def test_old_code_survives_the_migrations_since_the_last_release():
    released, new = released_and_new()
    assert {(m.app_label, m.name) for m in released} >= RELEASED.items()
    state = ProjectState()
    for migration in released:
        migration.mutate_state(state, preserve=False)
    rules = Rules()
    assert [why for migration in new for why in rules.problems(migration, state)] == []


def case_before():
    """The state of an app with one model, as the last release has it."""
    state = ProjectState()
    case = operations.CreateModel(
        "Case",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("name", models.CharField(max_length=10, null=True)),
            ("n", models.IntegerField(help_text="A number", unique=True)),
        ],
        options={
            "constraints": [
                models.UniqueConstraint(fields=["name"], name="one"),
                models.CheckConstraint(condition=models.Q(n__gt=0), name="more"),
            ]
        },
    )
    case.state_forwards("cases", state)
    proxy = operations.CreateModel("Old", [], {"proxy": True}, bases=["cases.Case"])
    proxy.state_forwards("cases", state)
    return state


def judge(*ops, **attributes):
    migration = Migration("0002_next", "cases")
    migration.operations = list(ops)
    vars(migration).update(attributes)
    return Rules().problems(migration, case_before())


ANY = models.CheckConstraint(condition=models.Q(n__gt=1), name="any")
CHAR, NUMBER = models.CharField, models.IntegerField
NEW_MODEL = operations.CreateModel(
    "New", [("id", models.BigAutoField(primary_key=True))]
)


@pytest.mark.once
@pytest.mark.parametrize(
    "operation",
    [
        operations.RemoveField("Case", "n"),
        operations.RenameField("Case", "n", "m"),
        operations.DeleteModel("Case"),
        operations.RenameModel("Case", "Study"),
        operations.AlterModelTable("Case", "studies"),
        operations.AddField("Case", "m", NUMBER(default=0)),
        operations.AddConstraint("Case", ANY),
        operations.RemoveConstraint("Case", "one"),
        operations.AlterUniqueTogether("Case", {("name", "n")}),
        operations.AlterField("Case", "name", CHAR(max_length=10)),
        operations.AlterField("Case", "name", CHAR(max_length=9, null=True)),
        operations.AlterField("Case", "name", NUMBER(null=True)),
        operations.AlterField("Case", "n", NUMBER(unique=True, db_column="m")),
        operations.AlterField(
            "Case", "name", CHAR(max_length=10, null=True, unique=True)
        ),
        operations.RunPython(operations.RunPython.noop),
        operations.RunSQL("SELECT 1"),
        operations.SeparateDatabaseAndState(),
    ],
)
def test_what_old_code_does_not_survive_needs_a_reason(operation):
    [problem] = judge(operation)
    assert problem.startswith("cases.0002_next: ")
    assert judge(operation, old_code_survives="No code since 0.1.0 reads it.") == []
    assert judge(operation, old_code_survives="") == [problem]


@pytest.mark.once
@pytest.mark.parametrize(
    "operation",
    [
        operations.AddField("Case", "m", NUMBER(null=True)),
        operations.AddField("Case", "m", NUMBER(db_default=0)),
        operations.AddField("Case", "m", models.ManyToManyField("cases.Case")),
        operations.AlterField("Case", "name", CHAR(max_length=20, null=True)),
        operations.AlterField("Case", "name", CHAR(null=True)),
        operations.AlterField("Case", "name", models.TextField(null=True)),
        operations.AlterField("Case", "n", NUMBER(null=True, help_text="Another")),
        operations.RemoveConstraint("Case", "more"),
        operations.DeleteModel("Old"),
        operations.AlterModelOptions("Case", {"ordering": ["n"]}),
        operations.AddIndex("Case", models.Index(fields=["n"], name="by_n")),
    ],
)
def test_what_only_adds_needs_none(operation):
    assert judge(operation) == []


@pytest.mark.once
def test_what_old_code_does_not_know_may_be_changed():
    assert not judge(
        NEW_MODEL,
        operations.AddField("New", "n", NUMBER(default=0)),
        operations.AddConstraint("New", ANY),
        operations.RemoveField("New", "n"),
        operations.AddField("Case", "m", NUMBER(null=True)),
        operations.AlterField("Case", "m", NUMBER(null=True, unique=True)),
        operations.RemoveField("Case", "m"),
    )
