"""Former slugs and keys of records that come back."""

from collections.abc import Mapping
from typing import Any

from casebase.history.content import Content
from casebase.history.model_history import ModelHistory, versioned
from casebase.history.models import Edit


def release_names(edit: Edit, before: Mapping[str, Mapping[int, Content]]) -> None:
    """Delete former names that the edit passed on from records that it deleted.

    A merge gives the record that stays the names of the one that goes; these return to
    it. ``before``: kind → primary key → content, as the edit found the records.
    """
    for kind, history in with_former_names().items():
        versions = edit.versions.filter(kind=kind)
        keys = versions.filter(content="").values_list("key", flat=True)
        deleted = [before[kind][key] for key in keys if key in before[kind]]
        names = {
            name
            for content in deleted
            for name in (history.name_in(content), *history.former_names_in(content))
        }
        history.former_name_model.objects.filter(
            **{
                f"{history.name_column}__in": names,
                f"{history.owner_column}__in": versions.values("key"),
            }
        ).delete()


def restore_former_names(contents: Mapping[str, Mapping[int, Content]]) -> None:
    """Restore former names of records, unless another record has taken them.

    ``contents``: kind → primary key → content. Restoring ends with this step, because
    until then the names may belong to records that are about to be deleted.
    """
    for kind, history in with_former_names().items():
        by_key = contents.get(kind, {})
        former, owner = history.former_name_model, history.owner_column
        rows = former.objects.filter(**{f"{owner}__in": by_key})
        present = set(rows.values_list(owner, history.name_column))
        former.objects.bulk_create(
            former(**{owner: key, history.name_column: name})
            for key, content in by_key.items()
            for name in history.former_names_in(content)
            if (key, name) not in present and not is_taken(history.model, key, name)
        )


def with_former_names() -> dict[str, ModelHistory]:
    """Kind → ModelHistory, of the kinds of record that keep former names."""
    return {kind: h for kind, h in versioned.items() if h.former_name_model}


def is_taken(model: Any, key: int, name: str) -> bool:
    """Whether another record has or had the name."""
    return model.objects.get(pk=key).namesakes(name).exists()
