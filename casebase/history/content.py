"""The content of a version: one record as files hold it, as JSON."""

import json
from typing import Any

type Content = dict[str, Any]


def serialize_content(content: Content) -> str:
    """The content as JSON. Equal contents give equal texts."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def parse_content(text: str) -> Content:
    """The content; empty for a version that says that its record was deleted."""
    return json.loads(text) if text else {}


def drop_unknown_keys(form: Any, content: Content) -> Content:
    """The content without keys that the Pydantic model of files has no longer."""
    names = {field.alias or name for name, field in form.model_fields.items()}
    return {name: value for name, value in content.items() if name in names}
