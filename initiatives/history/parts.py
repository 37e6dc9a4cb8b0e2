"""Versions of cases and terms as the desk labels them."""

from collections import Counter

from django.utils.text import Truncator

from casebase.history.parts import (
    RecordPart,
    field_label,
    format_fields,
    format_value,
    join_lines,
    record_part,
    same_names,
)
from initiatives.evidence_grade.rules import LEVEL_BY_SLUG
from initiatives.models import Concept, Conflict, Finding, Initiative, Source
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheet_serializers import COLUMNS, PLACE_COLUMNS
from initiatives.translations import format_translations

HEADING_LENGTH = 70
# Key of a finding's or a figure's entry → column of the finding.
FINDING_COLUMNS = same_names(
    "kind", "statement", "response", "direction", "basis", "year"
)
FIGURE_COLUMNS = {
    "value": "figure_value",
    "unit": "figure_unit",
    "period": "figure_period",
}
GRADE_COLUMNS = {"level": "grade_override", "note": "grade_note"}
SPECIMEN_COLUMNS = {"specimen": "is_specimen"}
CONFLICT_COLUMNS = same_names("about", "note") | {"settled": "is_settled"}
STANDING_COLUMNS = {
    "standing": "standing",
    "peer_reviewed": "is_peer_reviewed",
    "note": "standing_note",
}
TERM_COLUMNS = same_names(
    *("slug", "label", "definition", "scope_note", "is_heading", "order"),
    *("synonyms", "hidden_labels", "translations", "questions", "actions", "outputs"),
)


# Cases


def parts_of_case(content, names):
    """The case, its modes, findings and conflicts, as Parts; names are CurrentNames."""
    yield record_part(
        format_fields(Initiative, content, COLUMNS)
        | format_fields(Initiative, content.get("place", {}), PLACE_COLUMNS)
        | format_fields(Initiative, content, same_names("target_groups"))
        | list_fields(content, names)
    )
    for mode in content.get("modes", []):
        yield finding_part(finding_of_mode(mode), names)
    for finding in content.get("findings", []):
        yield finding_part(finding, names)
    yield from conflict_parts(content.get("conflicts", []), names)


def finding_of_mode(mode):
    """The entry of a mode in the form that findings have."""
    finding = {"kind": "mode", "statement": mode["why"], "direction": "neutral"}
    return mode | finding | {"strategies": []}


def list_fields(content, names):
    areas = content.get("service_areas", [])
    bodies = content.get("organisations", [])
    works = sorted({*content.get("sources", []), *content.get("further_sources", [])})
    kinds = content.get("not_found", [])
    return {
        field_label(Initiative, "not_found"): join_lines(
            format_value(Finding, "kind", kind) for kind in kinds
        ),
        "Service areas": term_lines("service-areas", areas, names),
        "Organisations": join_lines(
            f"{each['name']} ({each['role']})" for each in bodies
        ),
        "Tags": join_lines(content.get("tags", [])),
        "Works on the case": join_lines(
            work_line(content, key, names) for key in works
        ),
        "Who speaks": join_lines(
            standing_line(row, names) for row in content.get("standings", [])
        ),
        "Earlier addresses": join_lines(content.get("former_slugs", [])),
    }


def term_lines(scheme, slugs, names):
    return join_lines(names.label(scheme, slug) for slug in slugs)


def work_line(content, key, names):
    remarks = [names.citekey(key)]
    if key in content.get("sources", []):
        remarks.append("cited by the chapter")
    if key in content.get("unread", []):
        remarks.append("not read")
    return ", ".join(remarks)


def standing_line(row, names):
    reviewed = {True: "peer-reviewed", False: "not peer-reviewed"}
    remarks = [row["standing"], reviewed.get(row["peer_reviewed"]), row["note"]]
    return ", ".join(filter(None, [names.citekey(row["ref"]), *remarks]))


def finding_part(finding, names):
    kind, slug = finding["kind"], finding.get("term")
    term = names.label(CODED_SCHEMES[kind].slug, slug) if slug else ""
    kind_label = format_value(Finding, "kind", kind)
    start = Truncator(finding["statement"]).chars(HEADING_LENGTH)
    heading = " · ".join(filter(None, [kind_label, term, start]))
    fields = format_fields(Finding, finding, FINDING_COLUMNS)
    fields |= format_fields(Finding, finding.get("figure") or {}, FIGURE_COLUMNS)
    fields |= format_fields(Finding, grade_entry(finding), GRADE_COLUMNS)
    fields |= format_fields(Finding, finding, SPECIMEN_COLUMNS)
    fields |= {
        "Term": term,
        "Strategies": term_lines("strategies", finding.get("strategies", []), names),
        "Sources": source_lines(finding, names),
    }
    return RecordPart(finding["id"], "finding", heading, fields)


def grade_entry(finding):
    """The grade that the editors set, with the level as its column has it."""
    grade = finding.get("grade")
    return grade | {"level": LEVEL_BY_SLUG[grade["level"]]} if grade else {}


def conflict_parts(conflicts, names):
    """Conflicts have no ids; their order distinguishes those with the same title."""
    seen: Counter[str] = Counter()
    for conflict in conflicts:
        about = conflict["about"]
        seen[about] += 1
        fields = format_fields(Conflict, conflict, CONFLICT_COLUMNS)
        fields["Statements"] = join_lines(conflict.get("findings", []))
        fields["Sources"] = source_lines(conflict, names)
        yield RecordPart(
            f"{about} #{seen[about]}", "conflict", f"Conflict · {about}", fields
        )


def source_lines(statement, names):
    return join_lines(source_line(use, names) for use in statement.get("sources", []))


def source_line(use, names):
    if isinstance(use, str):
        return names.citekey(use)
    read_as = use.get("via") and format_value(Source, "via", use["via"]).lower()
    parts = [names.citekey(use["ref"]), use["locator"], use["url"], read_as]
    return ", ".join(filter(None, parts))


# Terms


def parts_of_term(content, names):
    """The term as a RecordPart; names are CurrentNames."""
    scheme, broader = content["scheme"], content.get("broader")
    translations = format_translations(content.get("translations", {}))
    yield record_part(
        format_fields(Concept, content | {"translations": translations}, TERM_COLUMNS)
        | {
            field_label(Concept, "broader"): names.label(scheme, broader),
            "Near": term_lines(scheme, content.get("near", []), names),
            "Strategies": term_lines(
                "strategies", content.get("strategies", []), names
            ),
            "Sources": source_lines(content, names),
            "Earlier addresses": join_lines(content.get("former_slugs", [])),
        }
    )
