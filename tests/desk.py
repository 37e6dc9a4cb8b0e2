"""A curator at the desk: opens pages of the admin, fills in forms and sends them."""

import html5lib
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

FIELDS = ("input", "select", "textarea")


class Curator:
    """Staff in the group Curators, with no other rights."""

    group = "Curators"

    def __init__(self):
        user = User.objects.create_user(self.group, is_staff=True)
        user.groups.add(Group.objects.get(name=self.group))
        self.client = Client()
        self.client.force_login(user)

    def list(self, model, **query):
        return self.client.get(page(model, "changelist"), query)

    def open(self, record):
        return self.client.get(page(record, "change", record.pk))

    def add(self, model, fields):
        """Sends the form of a new record with some fields filled in."""
        return self._send(page(model, "add"), fields)

    def change(self, record, fields):
        """Sends the form of a record with some fields changed; None leaves one out."""
        return self._send(page(record, "change", record.pk), fields)

    def delete(self, record):
        address = page(record, "delete", record.pk)
        return self.client.post(address, {"post": "yes"})

    def _send(self, address, fields):
        sent = form_values(self.client.get(address)) | fields
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.client.post(address, sent)


class Administrator(Curator):
    """Staff in the group Administrators, with no other rights."""

    group = "Administrators"


def page(record, name, *args):
    opts = record._meta
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{name}", args=args)


def rows(response):
    """The records that a list shows."""
    return list(response.context["cl"].result_list)


def queries(visit):
    """How many questions a visit asks the database."""
    visit()  # The first time fills Django's own caches.
    with CaptureQueriesContext(connection) as captured:
        assert visit().status_code in (200, 302)
    return len(captured)


def form_values(response):
    """What a browser sends when the form of an admin page is submitted as it is."""
    document = html5lib.parse(response.content, namespaceHTMLElements=False)
    [form] = [f for f in document.iter("form") if f.get("id", "").endswith("_form")]
    for parent in list(form.iter()):
        for template in parent.findall("template"):
            parent.remove(template)
    values = {}
    for field in form.iter():
        if field.tag in FIELDS and field.get("name") and field.get("type") != "submit":
            values.setdefault(field.get("name"), []).extend(values_of(field))
    return values


def values_of(field):
    if field.tag == "select":
        chosen = [
            o.get("value") for o in field.iter("option") if "selected" in o.attrib
        ]
        return chosen or ([] if "multiple" in field.attrib else [""])
    if field.tag == "textarea":
        return [(field.text or "").removeprefix("\n")]
    if field.get("type") == "checkbox":
        return [field.get("value", "on")] if "checked" in field.attrib else []
    return [field.get("value", "")]


def new_finding(index=0, **fields):
    """The fields of one more finding, as the script of the page adds them."""
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
