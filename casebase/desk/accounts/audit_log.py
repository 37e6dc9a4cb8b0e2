"""Notes in the log what happens to accounts, however it is brought about.

Django tells of it by signals, from the desk and from its commands alike; only bulk
updates and the database's own prompt go unseen.
"""

from contextvars import ContextVar
from functools import partial

from django.contrib.auth import signals as auth
from django.contrib.auth.models import Group, User
from django.db.models import signals
from django_otp.plugins.otp_totp.models import TOTPDevice

from casebase.client_ip import client_ip_of
from casebase.desk.accounts.models import Event

# The request that is being answered; none in commands.
ASKING = ContextVar("asking", default=None)

# What of an account is told as it was and as it is now.
TOLD = ["username", "is_active", "is_staff", "is_superuser"]
MEMBERSHIPS = [User.groups, User.user_permissions, Group.permissions]
SIGNS = {"post_add": "+ ", "post_remove": "− "}


def begin():
    auth.user_login_failed.connect(note_failure)
    auth.user_logged_out.connect(note_sign_out)
    signals.pre_save.connect(recall, sender=User)
    signals.post_save.connect(note_account, sender=User)
    signals.post_save.connect(note_group, sender=Group)
    for model in (User, Group):
        signals.post_delete.connect(note_deletion, sender=model)
    signals.post_delete.connect(note_lost_device, sender=TOTPDevice)
    for relation in MEMBERSHIPS:
        note = partial(note_membership, relation.field.verbose_name)
        signals.m2m_changed.connect(note, sender=relation.through, weak=False)


def note(kind, *, who=None, whom="", detail=""):
    request = ASKING.get()
    if who is None:
        who = request.user.get_username() if request else ""
    origin = client_ip_of(request) if request else None
    Event.objects.create(kind=kind, who=who, whom=whom, detail=detail, origin=origin)


def note_failure(credentials, request, **_):
    """Not while locked out: that would let anyone fill the log."""
    if request.axes_failures_since_start is None:
        return
    name = credentials["username"]
    if not User.objects.filter(username=name).exists():
        # People type passwords where a name should be.
        name = ""
    is_code = "device" in credentials
    kind = Event.Kind.WRONG_CODE if is_code else Event.Kind.WRONG_PASSWORD
    note(kind, who=name, detail="" if name else "No account has this name.")
    if request.axes_locked_out:
        note(Event.Kind.LOCKED_OUT, who=name)


def note_sign_out(user, **_):
    if user:
        note(Event.Kind.SIGNED_OUT, who=user.get_username())


def recall(instance, update_fields, **_):
    """How the account was, of what is about to be written."""
    written = {*TOLD, "password"} & set(update_fields or [*TOLD, "password"])
    # Django alone writes nothing but the password: the same one, hashed more strongly.
    written = {} if written == {"password"} else written
    were = User.objects.filter(pk=instance.pk).values(*written) if written else None
    instance.was = were and were.first()


def note_account(instance, created, **_):
    name = instance.get_username()
    if created:
        rights = [flag for flag in TOLD[2:] if getattr(instance, flag)]
        note(Event.Kind.ACCOUNT, whom=name, detail=", ".join(["added", *rights]))
    was = instance.was or {}
    if "password" in was and was["password"] != instance.password:
        note(Event.Kind.PASSWORD, whom=name)
    told = [
        f"{field}: {was[field]} → {getattr(instance, field)}"
        for field in TOLD
        if field in was and was[field] != getattr(instance, field)
    ]
    if told:
        note(Event.Kind.RIGHTS, whom=name, detail="; ".join(told))


def note_group(instance, created, **_):
    if created:
        note(Event.Kind.ACCOUNT, whom=instance.name, detail="group added")


def note_deletion(instance, **_):
    note(Event.Kind.ACCOUNT, whom=str(instance), detail="deleted")


def note_lost_device(instance, **_):
    if instance.confirmed:
        whom = instance.user.get_username()
        note(Event.Kind.SECOND_FACTOR, whom=whom, detail="removed")


def note_membership(what, instance, action, model, pk_set, **_):
    if action == "pre_clear":
        detail = "none any more"
    elif action in SIGNS and pk_set:
        names = sorted(map(str, model.objects.filter(pk__in=pk_set)))
        detail = ", ".join(SIGNS[action] + name for name in names)
    else:
        return
    note(Event.Kind.RIGHTS, whom=str(instance), detail=f"{what}: {detail}")
