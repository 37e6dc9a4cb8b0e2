"""Keeps what a job has previewed, so that the job that writes need not do it again.

It is kept as lines of JSON, the first of which is about all sheets.
"""

import json
from base64 import b64decode, b64encode
from dataclasses import asdict
from io import BytesIO
from typing import Any

from casebase.change_tracking.models import Counter, Touched
from casebase.content.load_summary import Changes
from casebase.desk.imports.models import Upload
from casebase.desk.imports.packed_sheets import PackedFile, PackedSheet, context_of
from casebase.desk.imports.sheet_changes import SheetsPreview


def store(upload: Upload, preview: SheetsPreview, version: int) -> None:
    """Keep a preview, which is of this version of the records, with its upload."""
    content = {
        "version": version,
        "mark": preview.mark,
        "changes": asdict(preview.changes),
        "cases": sorted(preview.cases),
        "names": sorted(preview.names),
        "n_sheets": len(preview.sheets),
    }
    stored = bytearray(json.dumps(content).encode())
    for sheet in preview.sheets:
        row = [sheet.slug, sheet.is_new, b64encode(sheet.data).decode()]
        stored += b"\n" + json.dumps(row).encode()
    Upload.objects.filter(pk=upload.pk).update(preview=stored)


def load(upload: Upload) -> SheetsPreview | None:
    """Return the preview that is kept with an upload.

    None if there is none, if another release wrote it in another way, or if it may be
    another one by now.
    """
    if not upload.preview:
        return None
    lines = BytesIO(upload.preview)
    content: dict[str, Any] = json.loads(lines.readline())
    sheets = [
        PackedSheet(slug, frozenset(), PackedFile(slug, b""), b64decode(data), is_new)
        for slug, is_new, data in map(json.loads, lines)
    ]
    if len(sheets) != content.get("n_sheets"):
        return None
    preview = SheetsPreview(
        context=context_of(sheets),
        changes=Changes(**content["changes"]),
        sheets=sheets,
        cases=set(content["cases"]),
        names=set(content["names"]),
        mark=content["mark"],
    )
    return None if is_outdated(preview, content["version"]) else preview


def is_outdated(plan: Any, version: int) -> bool:
    """Whether somebody has written what a plan depends on since this version."""
    counter = Counter.objects.get()
    if counter.version == version:
        return False
    touched = Touched.objects.since(version).by_kind()
    return bool(counter.told_since > version or plan.is_affected(touched))
