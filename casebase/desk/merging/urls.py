"""Addresses of the pages for merges, below the admin."""

from casebase.desk.admin.views import admin_path
from casebase.desk.merging import views
from casebase.desk.merging.mergeable import KINDS

app_name = "merging"
urlpatterns = [
    admin_path("", views.merge_list, name="list"),
    admin_path("<int:key>/", views.merge_page, name="merge"),
    *(
        admin_path(f"{name}/", views.compare, name=name, kind=kind)
        for name, kind in KINDS.items()
    ),
]
