"""A version in the words of the desk: its fields, and the statements of a case."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from django.utils.formats import date_format
from django.utils.text import Truncator, capfirst

from casebase.registry import kind_of
from initiatives.models import Concept, Conflict, Finding, Initiative, Source
from initiatives.schemes import CODED_SCHEMES
from initiatives.sheet_serializers import COLUMNS, PLACE_COLUMNS
from initiatives.translations import lines_of
from references.csl import OTHERS, Name
from references.models import Reference
from references.person_names import person_of

HEADING_LENGTH = 70
STATED = ("kind", "statement", "response", "direction", "basis", "year")
FIGURE = {"value": "figure_value", "unit": "figure_unit", "period": "figure_period"}
TERM = ("slug", "label", "definition", "scope_note", "is_heading", "order")
TERM_NAMES = ("synonyms", "hidden_labels", "translations")
TERM_LINES = ("questions", "actions", "outputs")
# CSL variable → column, where they are not called alike.
CSL_COLUMNS = {"id": "key", "DOI": "doi", "URL": "url"}
NOT_SHOWN = {"added_on", "author", "editor", "issued", "accessed", "custom"}


@dataclass
class Part:
    """The record itself, or one of its statements: texts by the labels of fields."""

    key: str
    noun: str
    heading: str
    fields: dict[str, str] = field(default_factory=dict)


def parts_of(kind, content, names):
    """Key → part, the record itself first; none of one that was deleted."""
    parts = PARTS[kind](content, names) if content else ()
    return {part.key: part for part in parts}


def itself(fields):
    return Part("", "", "", fields)


# Fields of any model


def label(model, column):
    return capfirst(str(model._meta.get_field(column).verbose_name))


def shown(model, column, value):
    """The value as the desk shows it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, dict):
        return "\n".join(lines_of(value))
    if isinstance(value, list):
        return "\n".join(map(str, value))
    model_field = model._meta.get_field(column)
    if model_field.get_internal_type() == "DateField":
        return date_format(date.fromisoformat(value), "j F Y")
    return str(dict(model_field.flatchoices or ()).get(value, value))


def fields(model, said, columns):
    """Label → text; ``columns`` leads from keys to columns."""
    return {
        label(model, column): shown(model, column, said.get(key))
        for key, column in columns.items()
    }


def alike(*columns):
    return {column: column for column in columns}


# Cases


def parts_of_case(content, names):
    yield itself(
        fields(Initiative, content, COLUMNS)
        | place_fields(content.get("place", {}))
        | fields(Initiative, content, alike("target_groups"))
        | list_fields(content, names)
    )
    for mode in content.get("modes", []):
        row = {**mode, "kind": "mode", "statement": mode["why"]}
        yield finding_part({"direction": "neutral", **row}, names)
    for finding in content.get("findings", []):
        yield finding_part(finding, names)
    yield from conflict_parts(content.get("conflicts", []), names)


def place_fields(place):
    return fields(Initiative, place, PLACE_COLUMNS)


def list_fields(content, names):
    areas = content.get("service_areas", [])
    bodies = content.get("organisations", [])
    works = sorted({*content.get("sources", []), *content.get("further_sources", [])})
    kinds = content.get("not_found", [])
    return {
        label(Initiative, "not_found"): lines(
            shown(Finding, "kind", kind) for kind in kinds
        ),
        "Service areas": lines(names.label("service-areas", slug) for slug in areas),
        "Organisations": lines(f"{body['name']} ({body['role']})" for body in bodies),
        "Tags": lines(content.get("tags", [])),
        "Works on the case": lines(work_line(content, key, names) for key in works),
        "Earlier addresses": lines(content.get("former_slugs", [])),
    }


def work_line(content, key, names):
    remarks = [names.citekey(key)]
    if key in content.get("sources", []):
        remarks.append("cited by the chapter")
    if key in content.get("unread", []):
        remarks.append("not read")
    return ", ".join(remarks)


def lines(texts):
    return "\n".join(texts)


def finding_part(finding, names):
    kind, slug = finding["kind"], finding.get("term")
    term = names.label(CODED_SCHEMES[kind].slug, slug) if slug else ""
    kind_label = shown(Finding, "kind", kind)
    start = Truncator(finding["statement"]).chars(HEADING_LENGTH)
    heading = " · ".join(filter(None, [kind_label, term, start]))
    strategies = finding.get("strategies", [])
    said = fields(Finding, finding, alike(*STATED))
    said |= fields(Finding, finding.get("figure") or {}, FIGURE)
    said |= {
        "Term": term,
        "Strategies": lines(names.label("strategies", slug) for slug in strategies),
        "Sources": source_lines(finding, names),
    }
    return Part(finding["id"], "finding", heading, said)


def conflict_parts(conflicts, names):
    """They have no ids: those with one title are told apart by their order."""
    seen = Counter()
    for conflict in conflicts:
        about = conflict["about"]
        seen[about] += 1
        said = fields(Conflict, conflict, alike("about", "note"))
        said["Sources"] = source_lines(conflict, names)
        yield Part(f"{about} #{seen[about]}", "conflict", f"Conflict · {about}", said)


def source_lines(said, names):
    return lines(source_line(use, names) for use in said.get("sources", []))


def source_line(use, names):
    if isinstance(use, str):
        return names.citekey(use)
    read_as = use.get("via") and shown(Source, "via", use["via"]).lower()
    parts = [names.citekey(use["ref"]), use["locator"], use["url"], read_as]
    return ", ".join(filter(None, parts))


# Terms


def parts_of_term(content, names):
    scheme, broader = content["scheme"], content.get("broader")
    yield itself(
        fields(Concept, content, alike(*TERM, *TERM_NAMES, *TERM_LINES))
        | {
            label(Concept, "broader"): names.label(scheme, broader),
            "Sources": source_lines(content, names),
            "Earlier addresses": lines(content.get("former_slugs", [])),
        }
    )


# Works


def parts_of_work(content, names):
    plain = {
        variable: CSL_COLUMNS.get(variable, variable.replace("-", "_"))
        for variable in content
        if variable not in NOT_SHOWN
    }
    custom = content.get("custom", {})
    yield itself(
        fields(Reference, content, plain)
        | {
            "Authors": lines(map(name_line, content.get("author", []))),
            "Editors": lines(map(name_line, content.get("editor", []))),
            "Date": day(content.get("issued")),
            "Read on": day(content.get("accessed")),
        }
        | fields(
            Reference,
            custom,
            {"correction": "correction", "chapter-position": "chapter_position"},
        )
        | {"Earlier keys": lines(custom.get("former-keys", []))}
    )


def name_line(name):
    name = Name.model_validate(name)
    return "and others" if name == OTHERS else str(person_of(name, slug=""))


def day(when):
    """“2014-05-21” or as much of it as is known."""
    if not when:
        return ""
    return "-".join(f"{part:02}" for part in when["date-parts"][0])


PARTS = {
    kind_of(Initiative): parts_of_case,
    kind_of(Concept): parts_of_term,
    kind_of(Reference): parts_of_work,
}
