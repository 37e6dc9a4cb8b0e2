"""A curator who brings in files: chooses them, reads the preview, decides."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casebase.desk.imports.models import Upload
from tests.desk import Curator


class Intake:
    """Somebody at the pages of Bring in."""

    def __init__(self, somebody=None):
        self.client = (somebody or Curator()).client

    def bring(self, kind, *files, **fields):
        """Sends the form of that kind; files are pairs of name and content."""
        sent = {name: as_file(value) for name, value in fields.items()}
        sent |= {"files": [as_file(file) for file in files]} if files else {}
        return self.client.post(reverse(f"intake:{kind}"), sent)

    def preview(self, kind, *files, **fields):
        """The page that follows on it."""
        answer = self.bring(kind, *files, **fields)
        assert answer.status_code == 302, answer.context["form"].errors
        return self.client.get(answer["Location"])

    def decide(self, preview, **fields):
        """Confirms the preview, unless told otherwise; the page that follows."""
        sent = {"mark": preview.context.get("preview", {}).get("mark", "")} | fields
        return self.client.post(preview.request["PATH_INFO"], sent, follow=True)


def as_file(value):
    """A pair of name and content as a browser sends it; anything else as it is."""
    if not isinstance(value, tuple):
        return value
    name, content = value
    return SimpleUploadedFile(
        name, content if isinstance(content, bytes) else content.encode()
    )


def told(preview):
    """What stands against an upload: file, line, field and sentence of each."""
    return [
        f"{r['path']}:{r['line']}: {r['field']}: {r['sentence']}".replace(": : ", ": ")
        for r in preview.context["refusals"]
    ]


def fields_of(preview):
    """Field → what it says now and after, of all that would change."""
    return {
        field.label: (field.before, field.after)
        for row in preview.context["page"]
        for part in row["changes"]
        for field in part.fields
    }


def text(response):
    """The words of a page, without its tags."""
    words = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", words)


def uploads():
    return Upload.objects.count()
