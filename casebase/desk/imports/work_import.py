"""Works of an upload: beside those here that they look like, and into the database."""

from collections.abc import Iterator
from dataclasses import dataclass

from casebase.content.entries import Entry
from casebase.content.parsed_file import ErrorDetail, ParsedFile, raise_errors
from casebase.desk.imports.match_decisions import (
    ADD,
    MERGE,
    SKIP,
    Candidate,
    choices_in,
    find_candidates,
    mark_of,
)
from casebase.desk.imports.work_form import WorksForm
from references.csl import Work
from references.formats import FORMATS
from references.formats.messages import describe_omissions, summarize_messages
from references.history import work_fields
from references.loading import fill_record, match_works, write_works
from references.models import Reference
from references.person_names import used_citekeys

RIGHTS = ["references.add_reference", "references.change_reference"]
TEMPLATES = "works"
Form = WorksForm
# What was not taken as it stands.
REMARKS_SHOWN = 200


@dataclass(frozen=True)
class Plan:
    """The works that would be written as was chosen. ``mark`` knows nothing of that."""

    mark: str
    entries: list[Entry[Work]]
    skipped: int
    remarks: list[ErrorDetail]

    def write(self, track=iter):
        changes = write_works(self.entries)
        return {
            "new": changes.created,
            "changed": list(changes.changed),
            "skipped": self.skipped,
            "left_out": describe_omissions(self.remarks),
            "remarks": shown_remarks(self.remarks),
        }


def plan(upload, track):
    """Raises InvalidFileError when a chosen side does not fit in."""
    found, remarks = found_in(upload)
    taken = used_citekeys()
    entries = []
    for each in found:
        if each.choice != SKIP:
            written = ParsedFile(upload.name, each.item(taken), {(): each.line})
            entries.append(Entry(written, written.validate_as(Work)))
    match_works(entries)
    raise_errors(refusal for entry in entries for refusal in fill_record(entry))
    return Plan(mark_of(found), entries, len(found) - len(entries), remarks)


def found_in(upload) -> tuple[list[Candidate], list[ErrorDetail]]:
    """The candidates with what was chosen, and remarks on all that was not taken."""
    form = FORMATS[upload.options["format"]]
    reading = form.read(bytes(upload.content), upload.name)
    found = find_candidates(reading, form.round_trip)
    chosen = upload.options.get("choices", {})
    for each in found:
        each.choose(chosen.get(str(each.number), {}))
    return found, reading.messages


choices = choices_in


def outline(upload, track):
    found, remarks = found_in(upload)
    return {"mark": mark_of(found), "found": found, "remarks": remarks}


def context(upload, outline, query):
    """The works in groups: alike, new, and those that say nothing new."""
    found = outline["found"]
    open_ones = [each for each in found if not each.is_known]
    return {
        "alike": [row_of(each) for each in open_ones if each.match],
        "new": [row_of(each) for each in open_ones if not each.match],
        "known": [each for each in found if each.is_known],
        "left_out": describe_omissions(outline["remarks"]),
        "remarks": shown_remarks(outline["remarks"]),
        "told": upload.options.get("told", []),
    }


def records(keys):
    """Key → work, of those that are here."""
    return Reference.objects.with_contributors().in_bulk(keys, field_name="key")


def shown_remarks(remarks):
    """Losses first, so that nothing else buries them."""
    first = summarize_messages(remarks)[:REMARKS_SHOWN]
    names = ("line", "field", "sentence")
    return [{n: getattr(each, n) for n in names} for each in first]


def row_of(each):
    """What the preview shows of a work that came in."""
    content = each.work.to_csl()
    return {
        "each": each,
        "fields": work_fields(content),
        "sides": list(sides_of(each)),
        "choices": [(choice, words_for(choice, each)) for choice in each.choices],
    }


def words_for(choice, each):
    if choice == ADD:
        return "Add it as another work" if each.match else "Add it"
    return {SKIP: "Leave it out", MERGE: "Merge it into the work here"}[choice]


def sides_of(each) -> Iterator[dict[str, str]]:
    """Each variable in which a merge would change the work here: ours and theirs."""
    ours = each.stored.to_csl() if each.stored else {}
    for name, side in each.sides.items():
        texts = [shown(name, of.get(name)) for of in (ours, each.changes)]
        labels = texts[1] or texts[0]
        yield {
            "name": name,
            "side": side,
            "label": ", ".join(labels) or name,
            "ours": "\n".join(texts[0].values()),
            "theirs": "\n".join(texts[1].values()),
        }


def shown(name, value):
    """Label → text of one CSL variable."""
    if value is None:
        return {}
    fields = work_fields({name: value})
    return {label: text for label, text in fields.items() if text}
