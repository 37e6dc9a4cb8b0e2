"""Which migrations the code of the release before survives: those that only add.

While a release is rolled out, old code works on a database that is migrated already. It
names every column that it knows in each INSERT, and none that it does not know.
"""

from django.db.migrations import operations as ops
from django.db.models import NOT_PROVIDED, ManyToManyField, TextField, UniqueConstraint

# Arguments of fields that are no part of the table, or only make it faster.
HARMLESS = {
    *("blank", "choices", "default", "editable", "error_messages", "help_text"),
    *("limit_choices_to", "related_name", "related_query_name", "validators"),
    *("auto_now", "auto_now_add", "db_index", "verbose_name", "db_comment"),
}
SAFE = (
    *(ops.CreateModel, ops.AddIndex, ops.RemoveIndex, ops.RenameIndex),
    *(ops.AlterModelOptions, ops.AlterModelManagers, ops.AlterModelTableComment),
    ops.AlterConstraint,
)


class Rules:
    """Judges migrations one after the other, in the order in which they are applied.

    Old code does not know the models and fields that were created since its release.
    """

    def __init__(self):
        self.new_models, self.new_fields = set(), set()

    def problems(self, migration, state):
        """Return what of a migration old code does not survive.

        ``state`` is the state before it, and afterwards the one after it. A migration
        may have an attribute ``old_code_survives`` with the reason why it may do this.
        """
        is_excused = bool(getattr(migration, "old_code_survives", ""))
        found = []
        for operation in migration.operations:
            problem = self.problem(operation, migration.app_label, state)
            if problem and not is_excused:
                found.append(f"{migration}: {operation.describe()}: {problem}")
            operation.state_forwards(migration.app_label, state)
        return found

    def problem(self, operation, app, state):
        """Return why old code does not survive an operation, or an empty text."""
        model = app, first_of(operation, "model_name", "name", "old_name").lower()
        if isinstance(operation, ops.CreateModel):
            self.new_models.add(model)
        if isinstance(operation, SAFE) or model in self.new_models:
            return ""
        for kind, judge in JUDGES.items():
            if isinstance(operation, kind):
                return judge(self, operation, model, state)
        return "nobody can see what it does"

    def added_field(self, operation, model, state):
        field = operation.field
        self.new_fields.add((model, operation.name))
        if field.null or field.generated or isinstance(field, ManyToManyField):
            return ""
        has_default = field.db_default is not NOT_PROVIDED
        return "" if has_default else "an INSERT without it fails; give it a db_default"

    def altered_field(self, operation, model, state):
        if (model, operation.name) in self.new_fields:
            return ""
        old = state.models[model].get_field(operation.name)
        return compare_fields(old, operation.field)

    def removed_field(self, operation, model, state):
        is_new = (model, first_of(operation, "name", "old_name")) in self.new_fields
        return "" if is_new else "old code names this column"

    def deleted_model(self, operation, model, state):
        is_proxy = state.models[model].options.get("proxy")
        return "" if is_proxy else "old code names this table"

    def added_constraint(self, operation, model, state):
        return "old code may write what it forbids"

    def removed_constraint(self, operation, model, state):
        constraint = state.models[model].get_constraint_by_name(operation.name)
        is_unique = isinstance(constraint, UniqueConstraint)
        return "old code may write ON CONFLICT of it" if is_unique else ""


JUDGES = {
    ops.AddField: Rules.added_field,
    ops.AlterField: Rules.altered_field,
    (ops.RemoveField, ops.RenameField): Rules.removed_field,
    (ops.DeleteModel, ops.RenameModel, ops.AlterModelTable): Rules.deleted_model,
    ops.AddConstraint: Rules.added_constraint,
    ops.RemoveConstraint: Rules.removed_constraint,
}


def first_of(operation, *attributes):
    """Return the first of these attributes that the operation has, or an empty text."""
    return next((v for a in attributes if (v := getattr(operation, a, ""))), "")


def compare_fields(old, new):
    """Return why a column that becomes another is too narrow for old code."""
    _, old_class, _, old_arguments = old.deconstruct()
    _, new_class, _, new_arguments = new.deconstruct()
    names = (old_arguments.keys() | new_arguments.keys()) - HARMLESS
    changed = {n for n in names if old_arguments.get(n) != new_arguments.get(n)}
    if new.null:
        changed.discard("null")
    if not new.unique:
        changed.discard("unique")
    if not new.max_length or (old.max_length and old.max_length <= new.max_length):
        changed.discard("max_length")
    if old_class != new_class and not isinstance(new, TextField):
        changed.add(new_class)
    return f"it changes {', '.join(sorted(changed))}" if changed else ""
