"""The addresses of the workbook “Plan a change”.

The slugs of steps are those of the scheme of change steps.
"""

from django.urls import path, register_converter

from casebase.kept.tokens import TokenConverter
from initiatives.plan.views.links import links
from initiatives.plan.views.new import new_plan
from initiatives.plan.views.overview import overview
from initiatives.plan.views.start import start
from initiatives.plan.views.steps import step
from initiatives.plan.views.table import row, table

register_converter(TokenConverter, "token")

app_name = "plan"
urlpatterns = [
    path("plan/", new_plan, name="new"),
    path("plan/<token:token>/", overview, name="overview"),
    path("plan/<token:token>/start/", start, name="start"),
    path("plan/<token:token>/table/", table, name="table"),
    path("plan/<token:token>/table/new/", row, name="new-row"),
    path("plan/<token:token>/table/<slug:row>/", row, name="row"),
    path("plan/<token:token>/links/", links, name="links"),
    # What else is behind a plan’s link comes before its steps.
    path("plan/<token:token>/<slug:step>/", step, name="step"),
]
