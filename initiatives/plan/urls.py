"""The addresses of the workbook “Plan a change”.

The slugs of steps are those of the scheme of change steps.
"""

from django.urls import path

from casebase.kept.links import links_view
from casebase.kept.models import Kept
from initiatives.plan.outputs import views as outputs
from initiatives.plan.views.bringing_in import bring_in
from initiatives.plan.views.new import new_plan
from initiatives.plan.views.overview import copy, overview, template
from initiatives.plan.views.start import start
from initiatives.plan.views.steps import step
from initiatives.plan.views.table import row, table

links = links_view(Kept.Kind.PLAN, opened="plan:overview", begun="plan:new")

app_name = "plan"
urlpatterns = [
    path("plan/", new_plan, name="new"),
    path("plan/bring-in/", bring_in, name="bring-in"),
    path("plan/blank/", outputs.print_blank, name="blank"),
    path("plan/blank/export/<str:name>/", outputs.export_blank, name="blank-export"),
    path("plan/<token:token>/", overview, name="overview"),
    path("plan/<token:token>/start/", start, name="start"),
    path("plan/<token:token>/table/", table, name="table"),
    path("plan/<token:token>/table/new/", row, name="new-row"),
    path("plan/<token:token>/table/<slug:row>/", row, name="row"),
    path("plan/<token:token>/links/", links, name="links"),
    path("plan/<token:token>/print/", outputs.print_plan, name="print"),
    path("plan/<token:token>/title.css", outputs.running_title, name="running-title"),
    path("plan/<token:token>/export/<str:name>/", outputs.export_plan, name="export"),
    path("plan/<token:token>/template/", template, name="template"),
    path("plan/<token:token>/copy/", copy, name="copy"),
    # What else is behind a plan’s link comes before its steps.
    path("plan/<token:token>/<slug:step>/", step, name="step"),
]
