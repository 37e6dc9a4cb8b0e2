"""The content of versions of cases, and how a version is restored."""

from datetime import date

from django.core.exceptions import ValidationError

from casebase.history.errors import RestoreError
from casebase.history.model_history import ModelHistory
from casebase.history.writing_back import entry_of
from initiatives.findings.tombstones import note_removed
from initiatives.history.current_names import CurrentNames
from initiatives.history.parts import parts_of_case
from initiatives.history.reference_remapping import ReferenceRemapper
from initiatives.loading.cases import compare_entries, write_sheets
from initiatives.models import FormerSlug, Initiative
from initiatives.sheet_serializers import WITH_SHEET, case_sheet_of
from initiatives.sheets import CaseSheet
from initiatives.status_transitions import REVIEW

# Told to readers of a deleted case until it is shown to them again.
UNDELETED_NOTE = "It was deleted, and is looked at before it is shown again."
# Told to readers of a case that an edit had made public.
UNPUBLISHED_NOTE = "The change that published this case has been undone."
# What readers saw is never a draft.
SEEN = ("published", "withdrawn")


class CaseHistory(ModelHistory):
    """A version of a case is its sheet. Restored findings keep their ids."""

    model = Initiative
    details = WITH_SHEET
    schema = CaseSheet
    former_name_model = FormerSlug
    owner_column = "initiative_id"
    identity = (
        *("slug", "former_slugs"),
        *("status", "status_note", "published_on", "revised_on"),
    )
    summarized_nouns = ("finding", "conflict")
    # It changes with every change of a public case; the date of the version says so.
    unsummarized_labels = ("Revised on",)

    def content_of(self, record):
        return case_sheet_of(record).model_dump(mode="json", warnings=False)

    def name_of(self, record):
        return record.slug

    def is_public(self, record):
        return record.status == record.Status.PUBLISHED

    def note_replaced(self, replaced):
        note_removed(replaced)

    def date_of(self, content):
        """When the case was revised, or else published."""
        day = content.get("revised_on") or content.get("published_on")
        return date.fromisoformat(day) if day else None

    def current_names(self):
        return CurrentNames()

    def parts_of(self, content, names):
        return parts_of_case(content, names)

    def merge_current_identity(self, content, current):
        """Restore a deleted case as a draft, or as withdrawn if readers had seen it."""
        if current is None:
            return content | undeleted_status(content)
        return super().merge_current_identity(content, current)

    def revise(self, content):
        """Set the date of a published case to today; other cases keep theirs."""
        if content["status"] != "published":
            return content
        return content | {"revised_on": date.today().isoformat()}

    def remap(self, contents):
        remapper = ReferenceRemapper(CurrentNames())
        remapped = {key: remapper.remap_case(case) for key, case in contents.items()}
        remapper.raise_for_missing()
        return remapped

    def write(self, contents):
        entries = [entry_of(self, key, case) for key, case in contents.items()]
        write_sheets(compare_entries(entries))

    def comparable(self, content):
        return super().comparable(content) | {"revised_on": None}

    def unpublish(self, content):
        """Withdraw the case, so that readers who saw it are told why it is gone."""
        if content["status"] in SEEN:
            return content
        return content | {"status": "withdrawn", "status_note": UNPUBLISHED_NOTE}

    def remove_created(self, keys):
        """Withdraw cases that readers may have seen, and delete the others."""
        cases = self.model.objects.filter(pk__in=keys)
        withdraw(cases.published())
        remaining = cases.withdrawn()
        sentences = [f"“{case}” stays, withdrawn." for case in remaining]
        cases.exclude(pk__in=remaining).delete()
        return sentences

    def may_recreate(self, user, content):
        """Return whether the user may restore the case: only reviewers, if public."""
        return user.has_perm(REVIEW) or content["status"] == "draft"


def undeleted_status(content):
    """The status, as keys of the content, of a deleted case that is made again."""
    if content["status"] in SEEN:
        note = content["status_note"] or UNDELETED_NOTE
        return {"status": "withdrawn", "status_note": note}
    return {"status": "draft"}


def withdraw(cases):
    """Raises RestoreError with what the models say against withdrawing one of them."""
    for case in cases:
        try:
            case.withdraw(reason=UNPUBLISHED_NOTE)
        except ValidationError as error:
            sentences = [f"“{case}”: {message}" for message in error.messages]
            raise RestoreError(sentences) from None
