"""The audit log: an event for each sign-in, and each change of accounts and rights.

Django's signals report changes by the desk and by commands. Bulk updates, and SQL that
is run by hand, send no signals and are not logged.
"""

from contextvars import ContextVar
from functools import partial

from django.contrib.auth import signals as auth
from django.contrib.auth.models import Group, User
from django.db.models import signals
from django.http import HttpRequest
from django_otp.plugins.otp_totp.models import TOTPDevice

from casebase.client_ip import client_ip_of
from casebase.desk.accounts.models import Event

# The request that is being answered; None in commands.
current_request: ContextVar[HttpRequest | None] = ContextVar(
    "current_request", default=None
)

# Old and new values of these fields are logged.
RIGHTS_FIELDS = ["is_staff", "is_superuser"]
LOGGED_FIELDS = ["username", "is_active", *RIGHTS_FIELDS]
MEMBERSHIPS = [User.groups, User.user_permissions, Group.permissions]
ACTION_SIGNS = {"post_add": "+ ", "post_remove": "− "}


def connect_signals():
    auth.user_login_failed.connect(log_failure)
    auth.user_logged_out.connect(log_sign_out)
    signals.pre_save.connect(remember_old_values, sender=User)
    signals.post_save.connect(log_account, sender=User)
    signals.post_save.connect(log_group, sender=Group)
    for model in (User, Group):
        signals.post_delete.connect(log_deletion, sender=model)
    signals.post_delete.connect(log_removed_device, sender=TOTPDevice)
    for relation in MEMBERSHIPS:
        log = partial(log_membership, relation.field.verbose_name)
        signals.m2m_changed.connect(log, sender=relation.through, weak=False)


def log_event(kind, *, who=None, whom="", detail=""):
    """Log that ``who`` did something to ``whom``. Both are usernames.

    The default of ``who`` is the user of the current request.
    """
    request = current_request.get()
    if who is None:
        who = request.user.get_username() if request else ""
    origin = client_ip_of(request) if request else None
    Event.objects.create(kind=kind, who=who, whom=whom, detail=detail, origin=origin)


def log_failure(credentials, request, **_):
    """Log a wrong password or code.

    Nothing is logged during a lockout, because anyone could fill the log.
    """
    if request.axes_failures_since_start is None:
        return
    name = credentials["username"]
    if not User.objects.filter(username=name).exists():
        # The text may be a password that was typed into the wrong field.
        name = ""
    is_code = "device" in credentials
    kind = Event.Kind.WRONG_CODE if is_code else Event.Kind.WRONG_PASSWORD
    log_event(kind, who=name, detail="" if name else "No account has this name.")
    if request.axes_locked_out:
        log_event(Event.Kind.LOCKED_OUT, who=name)


def log_sign_out(user, **_):
    if user:
        log_event(Event.Kind.SIGNED_OUT, who=user.get_username())


def remember_old_values(instance, update_fields, **_):
    """Set ``old_values`` on an account: field → value before the write, or None."""
    fields = {*LOGGED_FIELDS, "password"}
    written = fields & set(update_fields or fields)
    # Only Django writes the password alone, to store the same one with a stronger hash.
    written = set() if written == {"password"} else written
    rows = User.objects.filter(pk=instance.pk).values(*written) if written else None
    instance.old_values = rows and rows.first()


def log_account(instance, created, **_):
    name = instance.get_username()
    if created:
        rights = [flag for flag in RIGHTS_FIELDS if getattr(instance, flag)]
        detail = ", ".join(["added", *rights])
        log_event(Event.Kind.ACCOUNT, whom=name, detail=detail)
    old = instance.old_values or {}
    if "password" in old and old["password"] != instance.password:
        log_event(Event.Kind.PASSWORD, whom=name)
    changes = [
        f"{field}: {old[field]} → {getattr(instance, field)}"
        for field in LOGGED_FIELDS
        if field in old and old[field] != getattr(instance, field)
    ]
    if changes:
        log_event(Event.Kind.RIGHTS, whom=name, detail="; ".join(changes))


def log_group(instance, created, **_):
    if created:
        log_event(Event.Kind.ACCOUNT, whom=instance.name, detail="group added")


def log_deletion(instance, **_):
    log_event(Event.Kind.ACCOUNT, whom=str(instance), detail="deleted")


def log_removed_device(instance, **_):
    if instance.confirmed:
        whom = instance.user.get_username()
        log_event(Event.Kind.SECOND_FACTOR, whom=whom, detail="removed")


def log_membership(what, instance, action, model, pk_set, **_):
    if action == "pre_clear":
        detail = "none any more"
    elif action in ACTION_SIGNS and pk_set:
        names = sorted(map(str, model.objects.filter(pk__in=pk_set)))
        detail = ", ".join(ACTION_SIGNS[action] + name for name in names)
    else:
        return
    log_event(Event.Kind.RIGHTS, whom=str(instance), detail=f"{what}: {detail}")
