"""The address of the page about the state of the site, below the admin."""

from casebase.desk.admin.views import admin_path
from casebase.desk.system import views

app_name = "system"
urlpatterns = [admin_path("", views.state)]
