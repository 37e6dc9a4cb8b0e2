"""A curator who uploads files, reads the preview and confirms it."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casebase.desk.imports.models import Upload
from tests.desk import Curator


class Importer:
    """A client that uses the pages for imports."""

    def __init__(self, somebody=None):
        self.client = (somebody or Curator()).client

    def upload(self, kind, *files, **fields):
        """Submit the form of that kind; files are pairs of name and content."""
        sent = {name: as_file(value) for name, value in fields.items()}
        sent |= {"files": [as_file(file) for file in files]} if files else {}
        return self.client.post(reverse(f"imports:{kind}"), sent)

    def preview(self, kind, *files, **fields):
        """Submit the form and return the page with the preview."""
        answer = self.upload(kind, *files, **fields)
        assert answer.status_code == 302, answer.context["form"].errors
        return self.client.get(answer["Location"])

    def decide(self, preview, **fields):
        """Confirm the preview, or press another button; return the next page."""
        sent = {"mark": preview.context.get("preview", {}).get("mark", "")} | fields
        return self.client.post(preview.request["PATH_INFO"], sent, follow=True)


def as_file(value):
    """Convert a pair of name and content to an uploaded file."""
    if not isinstance(value, tuple):
        return value
    name, content = value
    return SimpleUploadedFile(
        name, content if isinstance(content, bytes) else content.encode()
    )


def error_lines(preview):
    """Return the validation errors of an upload: file, line, field and sentence."""
    return [
        f"{r['path']}:{r['line']}: {r['field']}: {r['sentence']}".replace(": : ", ": ")
        for r in preview.context["refusals"]
    ]


def fields_of(preview):
    """Return a dictionary from each changed field to its old and new value."""
    return {
        field.label: (field.before, field.after)
        for row in preview.context["page"]
        for part in row["changes"]
        for field in part.fields
    }


def text(response):
    """Return the text of a page without tags."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)


def uploads():
    return Upload.objects.count()
