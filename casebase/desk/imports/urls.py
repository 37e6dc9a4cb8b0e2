"""Addresses below the admin, for whoever may sit at the desk."""

from casebase.desk.admin.views import desk
from casebase.desk.imports import findings_export, views
from casebase.desk.imports.upload_kinds import KINDS

app_name = "intake"
urlpatterns = [
    desk("", views.overview),
    *(desk(f"{kind}/", views.bring, kind=kind, name=kind) for kind in KINDS),
    desk("findings/<slug:name>/", findings_export.findings_out, name="findings-out"),
    desk("<str:token>/", views.upload),
]
