"""A Django site with one view that returns a constant page, to compare pages with."""

import os
from pathlib import Path

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import re_path

PAGE = Path(os.environ["BARE_PAGE"]).read_bytes()

settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    MIDDLEWARE=["django.middleware.gzip.GZipMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="nothing here is secret",  # noqa: S106
)


def page(request):  # type: ignore[no-untyped-def]
    return HttpResponse(PAGE)


urlpatterns = [re_path("", page)]
application = get_wsgi_application()
