"""A killed import writes nothing."""

import pytest
from django.contrib.auth.models import User

from casebase.desk.imports import case_import
from casebase.desk.imports.archives import pack
from casebase.desk.imports.models import Upload
from initiatives.loading import import_content
from tests.content.content_folder import EXAMPLE
from tests.killed_process import rows_before_and_after_kill

pytestmark = pytest.mark.django_db(transaction=True)

IMPORT = """
from casebase.desk.imports import apply_upload, sheet_changes
from casebase.desk.imports.models import Upload
write, seen = sheet_changes.write_case, []
def write_one(*args):
    write(*args)
    seen.append(1)
    len(seen) == 2 and halt()
sheet_changes.write_case = write_one
apply_upload.try_to_apply(Upload.objects.get())
"""


def test_an_import_that_is_killed_writes_nothing(sheet, tmp_path):
    import_content(paths=[EXAMPLE])
    names = [("kent", "Kent"), ("essex", "Essex"), ("devon", "Devon")]
    sheets = {
        slug: sheet(("slug: kent", f"slug: {slug}"), ("Kent", name))
        for slug, name in names
    }
    files = [(f"{slug}.yaml", text.encode()) for slug, text in sheets.items()]
    keeper = User.objects.create_superuser("keeper")
    upload = Upload.objects.create(kind="cases", by=keeper, content=pack(files))
    upload.confirm(case_import.build_preview(upload, iter)["mark"], {})
    before, after = rows_before_and_after_kill(IMPORT, tmp_path)
    assert after == before
