"""A record made what a version says it was; itself a new version."""

from datetime import date

from casebase.change_tracking.transactions import hold, written_together
from casebase.history.former_names import give_former_names
from casebase.history.model_history import KINDS, as_content
from casebase.history.models import Edit
from casebase.history.writing_back import CanNotError, write_back
from casebase.registry import kind_of
from initiatives.models import Concept, Initiative
from references.models import Reference

# Told to readers of a deleted case until it is shown to them again.
COME_BACK = "It was deleted, and is looked at before it is shown again."
# What a restored case or term keeps: its address, and where it stands.
STANDING = {
    kind_of(Initiative): (
        *("slug", "former_slugs"),
        *("status", "status_note", "published_on", "revised_on"),
    ),
    kind_of(Concept): ("slug", "former_slugs"),
}


def restore(version, *, by=None, why=""):
    """Bring back what the version says; findings keep their ids.

    A record that is there keeps its address and, as a case, its status; a published
    case is revised today. A record that was deleted is made again under its primary
    key: a case as a draft, or withdrawn if readers had seen it. Raises CanNotError;
    then nothing is changed.
    """
    if version.is_end:
        raise CanNotError(["This version says that the record was deleted."])
    of = KINDS[version.kind]
    with written_together(by=by, why=why, act=Edit.Act.RESTORE):
        hold()
        record = of.with_details().filter(pk=version.key).first()
        here = of.content_of(record) if record else None
        said = with_standing(version.kind, as_content(version.content), here)
        if said == here:
            raise CanNotError(["The record says this already."])
        contents = {version.key: revised(said)}
        write_back(version.kind, contents)
        give_former_names({version.kind: contents})


def with_standing(kind, said, here):
    """The content; of what it does not speak of, what the record says here."""
    if kind == kind_of(Reference):
        return work_with_standing(said, here or said)
    if here is None:
        return said | come_back(said) if kind == kind_of(Initiative) else said
    return here | said | {key: here[key] for key in STANDING[kind]}


def come_back(said):
    """Where a deleted case stands again: what readers saw is never a draft."""
    if said["status"] in ("published", "withdrawn"):
        return {"status": "withdrawn", "status_note": said["status_note"] or COME_BACK}
    return {"status": "draft"}


def work_with_standing(said, here):
    """CSL leaves out what has no value, so nothing else is taken from here."""
    former = {"former-keys": here.get("custom", {}).get("former-keys", [])}
    custom = said.get("custom", {}) | former
    custom = {key: value for key, value in custom.items() if value}
    said = said | {key: here[key] for key in ("id", "added_on")} | {"custom": custom}
    return said if custom else {k: v for k, v in said.items() if k != "custom"}


def revised(said):
    """The content of a published case is of today."""
    if said.get("status") != "published":
        return said
    return said | {"revised_on": date.today().isoformat()}
