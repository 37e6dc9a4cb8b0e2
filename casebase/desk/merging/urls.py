"""Addresses below the admin, for whoever may sit at the desk."""

from casebase.desk.admin.views import desk
from casebase.desk.merging import views
from casebase.desk.merging.mergeable import KINDS

app_name = "merging"
urlpatterns = [
    desk("", views.merge_list, name="list"),
    desk("<int:key>/", views.merge_page, name="merge"),
    *(
        desk(f"{name}/", views.compare, name=name, kind=kind)
        for name, kind in KINDS.items()
    ),
]
