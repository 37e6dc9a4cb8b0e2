"""Addresses of the pages for imports, below the admin."""

from casebase.desk.admin.views import admin_path
from casebase.desk.imports import findings_export, views
from casebase.desk.imports.upload_kinds import KINDS

app_name = "imports"
urlpatterns = [
    admin_path("", views.overview),
    *(
        admin_path(f"{kind}/", views.upload_form, kind=kind, name=kind)
        for kind in KINDS
    ),
    admin_path(
        "findings/<slug:name>/", findings_export.export_findings, name="findings-out"
    ),
    admin_path("<str:token>/", views.upload_detail, name="upload"),
]
