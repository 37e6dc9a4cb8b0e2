"""The content of versions of works, and how a version is restored."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from casebase.history.content import Content
from casebase.history.model_history import ModelHistory, versioned
from casebase.history.parts import RecordPart, format_fields, join_lines, record_part
from casebase.history.writing_back import entry_of
from references.csl import OTHERS, Name, Work
from references.csl_serializers import WORK_PREFETCHES, serialize_work
from references.loading import write_works
from references.models import FormerKey, Reference
from references.person_names import build_person

# CSL variable → column, where they are not called alike.
CSL_COLUMNS = {"id": "key", "DOI": "doi", "URL": "url"}
CUSTOM_COLUMNS = {"correction": "correction", "chapter-position": "chapter_position"}
# Variables that are not columns; all but the first are shown in another way.
NOT_COLUMNS = {"added_on", "author", "editor", "issued", "accessed", "custom"}


class WorkHistory(ModelHistory):
    """A version of a work is its CSL item, and the day on which it came here."""

    model = Reference
    details = WORK_PREFETCHES
    schema = Work
    former_name_model = FormerKey
    owner_column = "reference_id"
    identity = ("id", "added_on")

    def content_of(self, record: Any) -> Content:
        return {
            "added_on": record.added_on.isoformat(),
            **serialize_work(record).to_csl(),
        }

    def name_of(self, record: Any) -> str:
        return str(record.key)

    def parts_of(self, content: Content, names: Any) -> Iterator[RecordPart]:
        yield record_part(work_fields(content))

    def former_names_in(self, content: Content) -> list[str]:
        return list(content.get("custom", {}).get("former-keys", []))

    def without_former_names(self, content: Content) -> Content:
        custom = content.get("custom", {})
        kept = {key: custom[key] for key in custom if key != "former-keys"}
        return content | {"custom": kept}

    def merge_current_identity(
        self, content: Content, current: Content | None
    ) -> Content:
        """CSL leaves out what has no value, so nothing else of the present is kept."""
        current = current or content
        content = content | {key: current[key] for key in self.identity}
        custom = content.pop("custom", {})
        custom = custom | {"former-keys": self.former_names_in(current)}
        custom = {key: value for key, value in custom.items() if value}
        return content | {"custom": custom} if custom else content

    def write(self, contents: Mapping[int, Content]) -> None:
        write_works(
            [
                entry_of(
                    self,
                    key,
                    content,
                    added_on=date.fromisoformat(content["added_on"]),
                )
                for key, content in contents.items()
            ]
        )


def work_fields(content: Content) -> dict[str, str]:
    """Label → text, of a CSL item or of some of its variables."""
    plain = {
        variable: CSL_COLUMNS.get(variable, variable.replace("-", "_"))
        for variable in content
        if variable not in NOT_COLUMNS
    }
    custom = content.get("custom", {})
    return (
        format_fields(Reference, content, plain)
        | {
            "Authors": join_lines(map(format_name, content.get("author", []))),
            "Editors": join_lines(map(format_name, content.get("editor", []))),
            "Date": format_date(content.get("issued")),
            "Read on": format_date(content.get("accessed")),
        }
        | format_fields(Reference, custom, CUSTOM_COLUMNS)
        | {"Earlier keys": join_lines(custom.get("former-keys", []))}
    )


def format_name(name: dict[str, Any]) -> str:
    parsed = Name.model_validate(name)
    return "and others" if parsed == OTHERS else str(build_person(parsed, slug=""))


def format_date(when: dict[str, Any] | None) -> str:
    """“2014-05-21” or as much of it as is known."""
    if not when:
        return ""
    return "-".join(f"{part:02}" for part in when["date-parts"][0])


versioned.register(Reference, WorkHistory())
