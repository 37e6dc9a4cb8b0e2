"""The pages that ask for a code, and that set up and change a second factor."""

import django_otp
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import LoginView, LogoutView
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from casebase.change_tracking.decorators import (
    ANONYMOUS_TIMEOUT_SECONDS,
    transactional_view,
)
from casebase.change_tracking.lock_timeout import (
    SIGNED_IN_SEMAPHORE,
    permit_to_wait,
    write_lock_timeout,
)
from casebase.desk.accounts import audit_log, lockout, second_factor
from casebase.desk.accounts.forms import CodeForm, PasswordForm
from casebase.desk.accounts.models import Event
from casebase.desk.accounts.sessions import complete_sign_in

# The admin's own logout view is only for users who have signed in fully.
end_sign_in = transactional_view(LogoutView.as_view(next_page="admin:login"))


def leave(request):
    """Sign out. Without a sign-in, the database is not locked for writing."""
    needs_lock = request.entrant.is_authenticated or request.method != "POST"
    return end_sign_in(request) if needs_lock else redirect("admin:login")


def render_page(request, name, title, **context):
    context = admin.site.each_context(request) | {"title": title} | context
    return render(request, f"accounts/{name}.html", context)


def redirect_to_next_step(request):
    """Redirect a user who owes a code to its page, with the wanted address."""
    name = "code" if second_factor.app_of(request.entrant) else "set-up"
    wanted = urlencode({"next": wanted_page(request)})
    return redirect(f"{reverse(f'admin:{name}')}?{wanted}")


def wanted_page(request):
    """Return the address to open after sign-in, which is always on this site."""
    return LoginView(request=request).get_success_url()


@never_cache
@require_http_methods(["GET", "POST"])
def code(request):
    """Ask a user who has given a password for a code."""
    user = request.entrant
    if not second_factor.owes_code(user):
        return redirect(wanted_page(request))
    if not second_factor.app_of(user):
        return redirect_to_next_step(request)
    is_sent = request.method == "POST"
    name = user.get_username()
    if is_sent and (response := lockout.lockout_response_for(request, name)):
        return response
    return verify_code(request)


@transactional_view
def verify_code(request):
    form = CodeForm(request)
    if not form.is_valid():
        return render_page(request, "code", "One more code", form=form)
    sign_in_fully(request, form.device)
    return redirect(wanted_page(request))


def sign_in_fully(request, device):
    """Complete the sign-in of a user who has given a code of this device."""
    request.user = request.entrant
    django_otp.login(request, device)
    # A new key makes a session key that was stolen before the code useless.
    request.session.cycle_key()
    left = second_factor.count_back_up_codes(request.user)
    is_back_up = hasattr(device, "token_set")
    how = f"with a back-up code; {left} left" if is_back_up else "with a code"
    complete_sign_in(request, request.user, how)


@never_cache
@require_http_methods(["GET", "POST"])
def set_up(request):
    """Show the secret for an app and, after a correct code, the back-up codes."""
    user = request.entrant
    if not user.is_authenticated:
        return redirect("admin:login")
    if second_factor.app_of(user):
        return redirect("admin:second-factor")
    with (
        write_lock_timeout(ANONYMOUS_TIMEOUT_SECONDS),
        permit_to_wait(SIGNED_IN_SEMAPHORE),
    ):
        app = second_factor.get_unconfirmed_app(user)
    return verify_first_code(request, app)


@transactional_view
def verify_first_code(request, app):
    user = request.entrant
    form = CodeForm(request, device=app)
    if not form.is_valid():
        return render_set_up_page(request, app, form)
    codes = second_factor.confirm_app(form.device)
    audit_log.log_event(
        Event.Kind.SECOND_FACTOR, who=user.get_username(), detail="set up"
    )
    sign_in_fully(request, form.device)
    return render_codes_page(request, codes)


def render_set_up_page(request, app, form):
    context = {
        "form": form,
        "is_required": settings.REQUIRE_SECOND_FACTOR,
        "key": second_factor.format_secret(app),
        "qr_code": second_factor.qr_code(app),
    }
    return render_page(request, "set_up", "Set up a second factor", **context)


def render_codes_page(request, codes):
    wanted = wanted_page(request)
    return render_page(
        request, "codes", "Your back-up codes", codes=codes, wanted=wanted
    )


@require_http_methods(["GET", "POST"])
def factor(request):
    """Show the user's second factor, with forms to change it."""
    user = request.user
    form = PasswordForm(request)
    if form.is_valid():
        if "remove" in request.POST:
            second_factor.remove_devices(user)
            return redirect("admin:second-factor")
        audit_log.log_event(Event.Kind.SECOND_FACTOR, detail="new back-up codes")
        return render_codes_page(request, second_factor.renew_back_up_codes(user))
    context = {
        "form": form,
        "app": second_factor.app_of(user),
        "left": second_factor.count_back_up_codes(user),
    }
    return render_page(request, "factor", "Your second factor", **context)
