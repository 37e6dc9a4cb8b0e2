"""Former slugs and keys of records that come back."""

from casebase.history.model_history import KINDS
from casebase.registry import kind_of
from initiatives.models import Concept, FormerSlug, Initiative
from references.models import FormerKey, Reference

# Kind → rows of former names, their column of the record, and that of the name.
FORMER = {
    kind_of(Reference): (FormerKey, "reference_id", "key"),
    kind_of(Concept): (FormerSlug, "concept_id", "slug"),
    kind_of(Initiative): (FormerSlug, "initiative_id", "slug"),
}


def free_names(edit, before):
    """Take the names of what the edit deleted off what it left behind."""
    for kind, (former, owner, column) in FORMER.items():
        versions = edit.versions.filter(kind=kind)
        gone = versions.filter(content="").values_list("key", flat=True)
        deleted = [before[kind][key] for key in gone if key in before[kind]]
        names = {name for said in deleted for name in (name_in(said), *former_in(said))}
        left = {f"{column}__in": names, f"{owner}__in": versions.values("key")}
        former.objects.filter(**left).delete()


def name_in(said):
    return said["slug"] if "slug" in said else said["id"]


def former_in(said):
    if "slug" in said:
        return said["former_slugs"]
    return said.get("custom", {}).get("former-keys", [])


def give_former_names(before):
    """Last, for until then they may be names of what the edit created."""
    for kind, contents in before.items():
        former, owner, column = FORMER[kind]
        rows = former.objects.filter(**{f"{owner}__in": contents})
        there = set(rows.values_list(owner, column))
        former.objects.bulk_create(
            former(**{owner: key, column: name})
            for key, said in contents.items()
            for name in former_in(said)
            if (key, name) not in there and not is_taken(KINDS[kind].model, key, name)
        )


def is_taken(model, key, name):
    return model.objects.get(pk=key).namesakes(name).exists()
