"""The column of a case in a comparison: its facts, and its findings with a source.

No query after ``with_comparison_details()``.
"""

from typing import Any

from django.urls import reverse

from initiatives.comparison.rows import Column, Fact, State, Value

MONEY = ("cost", "saving")


def build_column(case: Any) -> Column:
    """Return the column of a published case."""
    # Readers never see a statement without a source.
    findings = [finding for finding in case.findings.all() if finding.sources.all()]
    return Column(case, build_facts(case, findings), findings)


def build_facts(case: Any, findings: list[Any]) -> dict[str, Fact]:
    """Return the facts by title, in the order of their rows."""
    return {
        "Place": Fact(as_values(case.place)),
        "Years": Fact(as_values(case.years)),
        "Reach": Fact(chosen_value(case, "reach")),
        "Settlement": Fact(chosen_value(case, "settlement")),
        "Service areas": Fact(list_areas(case), State.NOT_CODED),
        "Modes of co-production": list_modes(case, findings),
        "Organisations": Fact(list_organisations(case)),
        "Costs and figures": Fact(list_figures(findings), State.NOT_CODED),
        "Latest source": Fact(as_values(case.last_source_year)),
        "Sources disagree on": Fact(list_conflicts(case), State.NONE_NOTED),
    }


def as_values(value: str | int | None) -> list[Value]:
    return [Value(str(value))] if value else []


def chosen_value(case: Any, name: str) -> list[Value]:
    """Return the choice of a field, with the list of all cases that have it too."""
    value = getattr(case, name)
    label = getattr(case, f"get_{name}_display")()
    url = reverse("initiatives:list", query={name: value})
    return [Value(label, url)] if value else []


def list_areas(case: Any) -> list[Value]:
    areas = case.service_areas.all()
    return [Value(area.label, area.get_absolute_url()) for area in areas]


def list_modes(case: Any, findings: list[Any]) -> Fact:
    """Return each mode once; its statements stand in a row of their own."""
    modes = {f.concept_id: f.concept for f in findings if f.kind == "mode"}
    values = [Value(mode.label, mode.get_absolute_url()) for mode in modes.values()]
    is_looked_for = "mode" in case.not_found
    return Fact(values, State.NOT_FOUND if is_looked_for else State.NOT_CODED)


def list_organisations(case: Any) -> list[Value]:
    involvements = case.involvements.all()
    return [Value(each.organisation.name, note=each.role) for each in involvements]


def list_figures(findings: list[Any]) -> list[Value]:
    """Return the figures, costs and savings first, with links to their statements."""
    told = [each for each in findings if each.figure or each.kind in MONEY]
    return [
        Value(
            finding.figure or "told in words",
            finding.get_absolute_url(),
            ", ".join(filter(None, [finding.get_kind_display(), finding.period])),
        )
        for finding in sorted(told, key=lambda each: each.kind not in MONEY)
    ]


def list_conflicts(case: Any) -> list[Value]:
    url = f"{case.get_absolute_url()}#conflicts"
    return [Value(conflict.about, url) for conflict in case.conflicts.all()]
