"""Imports the works of an upload, after a preview beside the works they match."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from casebase.content.entries import Entry
from casebase.content.parsed_file import ErrorDetail, ParsedFile, raise_errors
from casebase.desk.imports.match_decisions import (
    ADD,
    MERGE,
    SKIP,
    Candidate,
    find_candidates,
    parse_choices,
    preview_digest,
)
from casebase.desk.imports.models import Upload
from casebase.desk.imports.work_form import WorksForm
from references.csl import Work
from references.formats import FORMATS, READERS
from references.formats.messages import describe_omissions, summarize_messages
from references.history import work_fields
from references.loading import fill_record, match_works, write_works
from references.models import Reference
from references.person_names import used_citekeys

PERMISSIONS = ["references.add_reference", "references.change_reference"]
TEMPLATE_PREFIX = "works"
Form = WorksForm
MAX_REMARKS = 200


@dataclass(frozen=True)
class Plan:
    """The works to write. ``mark`` is a digest that does not depend on the choices."""

    mark: str
    entries: list[Entry[Work]]
    skipped: int
    remarks: list[ErrorDetail]

    @contextmanager
    def prepared(self, track=iter):
        """Yield a function that writes the works, and returns the report."""
        yield self.write

    def is_affected(self, touched):
        """Whether the plan may be another now that these records were touched."""
        return True

    def write(self):
        changes = write_works(self.entries)
        return {
            "new": changes.created,
            "changed": list(changes.changed),
            "skipped": self.skipped,
            "left_out": describe_omissions(self.remarks),
            "remarks": remark_rows(self.remarks),
        }


def plan_import(upload, track):
    """Return the plan of works to write. Raises InvalidFileError with all errors."""
    found, remarks = read_candidates(upload)
    used_keys = used_citekeys()
    entries = []
    for each in found:
        if each.choice != SKIP:
            written = ParsedFile(
                upload.name, each.item_to_write(used_keys), {(): each.line}
            )
            entries.append(Entry(written, written.validate_as(Work)))
    match_works(entries)
    raise_errors(refusal for entry in entries for refusal in fill_record(entry))
    return Plan(preview_digest(found), entries, len(found) - len(entries), remarks)


def read_candidates(upload: Upload) -> tuple[list[Candidate], list[ErrorDetail]]:
    """Return the candidates with their choices, and remarks on omitted data."""
    form = FORMATS[upload.options["format"]]
    reading = READERS[form.name](bytes(upload.content), upload.name)
    found = find_candidates(reading, form.round_trip)
    chosen = upload.options.get("choices", {})
    for each in found:
        each.apply_choices(chosen.get(str(each.number), {}))
    return found, reading.messages


read_choices = parse_choices


def build_preview(upload, track):
    found, remarks = read_candidates(upload)
    return {"mark": preview_digest(found), "found": found, "remarks": remarks}


def preview_context(upload, preview, query):
    """Return the works in three groups: “alike”, “new” and “known” (no changes)."""
    found = preview["found"]
    undecided = [each for each in found if not each.adds_nothing]
    return {
        "alike": [candidate_row(each) for each in undecided if each.match],
        "new": [candidate_row(each) for each in undecided if not each.match],
        "known": [each for each in found if each.adds_nothing],
        "left_out": describe_omissions(preview["remarks"]),
        "remarks": remark_rows(preview["remarks"]),
        "told": upload.options.get("told", []),
    }


def find_records(keys):
    """Return a dictionary from key to work; keys without a work are missing."""
    return Reference.objects.with_contributors().in_bulk(keys, field_name="key")


def remark_rows(remarks):
    """Return the first MAX_REMARKS remarks; those on lost data come first."""
    first = summarize_messages(remarks)[:MAX_REMARKS]
    names = ("line", "field", "sentence")
    return [{n: getattr(each, n) for n in names} for each in first]


def candidate_row(each):
    """Return what the preview shows of a work of the upload."""
    content = each.work.to_csl()
    return {
        "each": each,
        "fields": work_fields(content),
        "sides": list(side_rows(each)),
        "choices": [(choice, choice_label(choice, each)) for choice in each.choices],
    }


def choice_label(choice, each):
    if choice == ADD:
        return "Add it as another work" if each.match else "Add it"
    return {SKIP: "Skip it", MERGE: "Merge it into the existing work"}[choice]


def side_rows(each: Candidate) -> Iterator[dict[str, str]]:
    """Yield each variable that a merge would change, with our text and theirs."""
    ours = each.stored.to_csl() if each.stored else {}
    for name, side in each.sides.items():
        texts = [variable_texts(name, of.get(name)) for of in (ours, each.changes)]
        labels = texts[1] or texts[0]
        yield {
            "name": name,
            "side": side,
            "label": ", ".join(labels) or name,
            "ours": "\n".join(texts[0].values()),
            "theirs": "\n".join(texts[1].values()),
        }


def variable_texts(name, value):
    """Return a dictionary from label to text for one CSL variable."""
    if value is None:
        return {}
    fields = work_fields({name: value})
    return {label: text for label, text in fields.items() if text}
