"""Preview links to a case that is not public yet, made and revoked on its page."""

from django import forms
from django.contrib import messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseRedirect
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_POST

from casebase.desk.admin import mixin_bases
from casebase.desk.admin.change_urls import change_url
from initiatives.models import PreviewLink

# The URL name of the page that makes a link.
LINKS_URL_NAME = "initiatives_initiative_preview_links"


class PreviewLinkForm(forms.ModelForm):
    """The recipient of a new link, and how long the link works."""

    days = forms.TypedChoiceField(
        label="Works for",
        choices=PreviewLink.Days,
        coerce=int,
        initial=PreviewLink.Days.WEEK,
    )

    class Meta:
        model = PreviewLink
        fields = ["label"]

    def save(self, **kwargs):
        self.instance.expires_at = PreviewLink.expiry_after(self.cleaned_data["days"])
        return super().save(**kwargs)


class PreviewLinkAdminMixin(mixin_bases.ModelAdmin):
    """Mixin of the admin of cases, which lists, makes and revokes preview links."""

    def get_urls(self):
        new = self.admin_site.admin_view(self.new_link_view)
        revoke = self.admin_site.admin_view(self.revoke_link_view)
        at = "<path:object_id>/preview-links/"
        return [
            path(at, new, name=LINKS_URL_NAME),
            path(f"{at}<int:link>/revoke/", revoke, name=f"{LINKS_URL_NAME}_revoke"),
            *super().get_urls(),
        ]

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        if obj is not None and not obj.was_public:
            links = obj.preview_links.select_related("created_by")
            context |= {
                "preview_links": [(link, preview_url(request, link)) for link in links],
                "new_link": PreviewLinkForm(),
                "may_share": self.has_change_permission(request, obj),
            }
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @method_decorator(require_POST)
    def new_link_view(self, request, object_id):
        case = self.get_shareable(request, object_id)
        form = PreviewLinkForm(request.POST)
        form.instance.initiative = case
        form.instance.created_by = request.user
        if form.is_valid():
            link = form.save()
            words = f"The link works until {link.expires_at:%-d %B %Y, %H:%M} UTC."
            self.message_user(request, words, messages.SUCCESS)
            self.log_change(request, case, f"Preview link made: {link}.")
        else:
            for errors in form.errors.values():
                self.message_user(request, f"No link: {errors[0]}", messages.ERROR)
        return HttpResponseRedirect(f"{change_url(case)}#preview-links")

    @method_decorator(require_POST)
    def revoke_link_view(self, request, object_id, link):
        case = self.get_shareable(request, object_id)
        revoked = case.preview_links.filter(pk=link).first()
        if revoked is None:
            raise Http404("This case has no such link.")
        revoked.revoke()
        self.message_user(request, f"“{revoked}” is closed.", messages.SUCCESS)
        self.log_change(request, case, f"Preview link revoked: {revoked}.")
        return HttpResponseRedirect(f"{change_url(case)}#preview-links")

    def get_shareable(self, request, object_id):
        """Return the case. Raises Http404 if it was public, or PermissionDenied."""
        case = self.get_object(request, unquote(object_id))
        if case is None or case.was_public:
            raise Http404("There is no such case that needs a link.")
        if not self.has_change_permission(request, case):
            raise PermissionDenied
        return case


def preview_url(request, link):
    """Return the absolute address to send to a reviewer."""
    path = reverse("initiatives:shared-preview", args=[link.token])
    return request.build_absolute_uri(path)
