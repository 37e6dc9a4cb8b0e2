"""An edit taken back as a whole: an import, a merge, a restored version."""

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef

from casebase.change_tracking.transactions import hold, written_together
from casebase.history.former_names import free_names, give_former_names
from casebase.history.model_history import KINDS, as_content
from casebase.history.models import Edit, Version
from casebase.history.restoring import revised
from casebase.history.writing_back import CanNotError, without_former_names, write_back
from casebase.registry import kind_of
from initiatives.models import (
    Concept,
    Documentation,
    Finding,
    Initiative,
    Source,
)
from references.models import Reference

# Told to readers of a case that an edit had made public.
REASON = "It was published by a change that has been taken back."


def undo(edit, *, by=None, why=""):
    """Bring every record that the edit changed back to how the edit found it.

    What it created is deleted, save that a case which readers may have seen is
    withdrawn, and that works and terms which others use by now stay; gives sentences
    about what stays. What it deleted is made again under its primary key. A published
    case is revised today, and former addresses stay. Itself an edit, which can be
    undone. Raises CanNotError, with a sentence for each record that was changed since;
    then nothing is changed.
    """
    if not edit.can_be_undone:
        raise CanNotError(["What there was before the history can’t be undone."])
    with written_together(by=by, why=why, act=Edit.Act.UNDO, undoes=edit):
        hold()
        refuse_changed_since(edit)
        before = before_edit(edit)
        free_names(edit, before)
        keep_withdrawn(edit, before[kind_of(Initiative)])
        for kind in KINDS:
            write_back(kind, before[kind])
        stays = remove_created(edit, before)
        give_former_names(before)
    return stays


def refuse_changed_since(edit):
    """Changed there and back again counts as unchanged."""
    overtaken = edit.versions.overtaken().order_by("kind", "name")
    same_record = overtaken.filter(kind=OuterRef("kind"), key=OuterRef("key"))
    latest = Version.objects.latest().filter(Exists(same_record))
    now = {(version.kind, version.key): version for version in latest}
    pairs = [(version, now[version.kind, version.key]) for version in overtaken]
    sentences = [
        f"“{now.name}” was changed since: it has version {now.number} now."
        for left, now in pairs
        if saying(left) != saying(now)
    ]
    if sentences:
        raise CanNotError(sentences)


def saying(version):
    """The content without what an undone edit leaves behind: its day, and addresses."""
    said = as_content(version.content)
    said.pop("revised_on", None)
    return without_former_names(said) if said else said


def before_edit(edit):
    """Kind → primary key → content, of records that were there before the edit."""
    found = {kind: {} for kind in KINDS}
    for version in Version.objects.before(edit):
        if not version.is_end:
            found[version.kind][version.key] = revised(as_content(version.content))
    return found


def keep_withdrawn(edit, before):
    """Where an edit made a case public, readers are told why it is gone."""
    public = edit.versions.public().filter(kind=kind_of(Initiative))
    for key in public.values_list("key", flat=True):
        said = before.get(key)
        if said and said["status"] not in ("published", "withdrawn"):
            said |= {"status": "withdrawn", "status_note": REASON}


def remove_created(edit, before):
    """Sentences about what stays."""
    created = {
        kind: set(
            edit.versions.filter(kind=kind)
            .exclude(content="")
            .exclude(key__in=before[kind])
            .values_list("key", flat=True)
        )
        for kind in KINDS
    }
    cases = Initiative.objects.filter(pk__in=created[kind_of(Initiative)])
    withdraw(cases.published())
    stays = [f"“{case}” stays, withdrawn." for case in cases.withdrawn()]
    cases.exclude(pk__in=cases.withdrawn()).delete()
    return [
        *stays,
        *remove_unused(unused_terms, Concept, created[kind_of(Concept)]),
        *remove_unused(unused_works, Reference, created[kind_of(Reference)]),
    ]


def withdraw(cases):
    for case in cases:
        try:
            case.withdraw(reason=REASON)
        except ValidationError as error:
            raise CanNotError(f"“{case}”: {text}" for text in error.messages) from None


def remove_unused(unused, model, keys):
    records = model.objects.filter(pk__in=keys)
    # A broader term is unused when its narrower terms are gone.
    while unused(records).delete()[0]:
        pass
    return [f"“{record}” stays, for others use it." for record in records.all()]


def unused_terms(terms):
    strategies = Finding.strategies.through.objects.filter(strategy=OuterRef("pk"))
    areas = Initiative.service_areas.through.objects
    return terms.filter(
        ~Exists(Finding.objects.filter(concept=OuterRef("pk"))),
        ~Exists(strategies),
        ~Exists(areas.filter(servicearea=OuterRef("pk"))),
        ~Exists(Concept.objects.filter(broader=OuterRef("pk"))),
    )


def unused_works(works):
    return works.filter(
        ~Exists(Source.objects.filter(reference=OuterRef("pk"))),
        ~Exists(Documentation.objects.filter(reference=OuterRef("pk"))),
    )
