"""Curators in tests: they open pages of the admin, fill in forms and send them."""

import lxml.html
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse


class Curator:
    """A member of staff in the group Curators, with no other permissions."""

    group = "Curators"

    def __init__(self):
        user = User.objects.create_user(self.group, is_staff=True)
        user.groups.add(Group.objects.get(name=self.group))
        self.client = Client()
        self.client.force_login(user)

    def list(self, model, **query):
        return self.client.get(admin_url(model, "changelist"), query)

    def open(self, record):
        return self.client.get(admin_url(record, "change", record.pk))

    def add(self, model, fields):
        """Send the form of a new record with some fields filled in."""
        return self._send(admin_url(model, "add"), fields)

    def change(self, record, fields):
        """Send the form of a record with some fields changed; None omits a field."""
        return self._send(admin_url(record, "change", record.pk), fields)

    def delete(self, record):
        address = admin_url(record, "delete", record.pk)
        return self.client.post(address, {"post": "yes"})

    def _send(self, address, fields):
        sent = form_values(self.client.get(address)) | fields
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.client.post(address, sent)


class Administrator(Curator):
    """A member of staff in the group Administrators, with no other permissions."""

    group = "Administrators"


def admin_url(record, name, *args):
    """Return the address of a page of the admin. ``record`` may also be a model."""
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)


def listed_records(response):
    """Return the records that a list of the admin shows."""
    return list(response.context["cl"].result_list)


def count_queries(visit):
    """Return the number of queries of a function that returns a response."""
    visit()  # The first visit fills Django's own caches.
    with CaptureQueriesContext(connection) as captured:
        assert visit().status_code in (200, 302)
    return len(captured)


def form_values(response):
    """Return what a browser sends if the form of an admin page is sent unchanged.

    A mapping of names to lists of values.
    """
    page = lxml.html.fromstring(response.content)
    [form] = [f for f in page.forms if f.get("id", "").endswith("_form")]
    for template in form.findall(".//template"):
        template.drop_tree()
    for area in form.iter("textarea"):
        # Part of the markup; lxml takes it for text.
        area.text = (area.text or "").removeprefix("\n")
    # lxml takes these for fields that are not sent.
    for field in form.xpath(".//input[not(@value) and not(@type='checkbox')]"):
        field.set("value", "")
    values = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return values


def new_finding(index=0, **fields):
    """Return the form fields of a new finding, as the page's script adds them."""
    row = f"findings-{index}"
    return {
        "findings-TOTAL_FORMS": index + 1,
        f"{row}-kind": "outcome",
        f"{row}-statement": "Neighbours feel safer.",
        f"{row}-direction": "helped",
        f"{row}-basis": "stated",
        f"{row}-position": index,
        f"{row}-sources-TOTAL_FORMS": 0,
        f"{row}-sources-INITIAL_FORMS": 0,
    } | {f"{row}-{name}": value for name, value in fields.items()}


def new_source(work, row="findings-0", index=0):
    source = f"{row}-sources-{index}"
    return {
        f"{row}-sources-TOTAL_FORMS": index + 1,
        f"{source}-reference": work.pk,
        f"{source}-via": "primary",
        f"{source}-position": index,
    }
