"""Base classes of all forms and pages of the curators' desk, Django's admin."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.forms.utils import ErrorDict

from casebase.change_tracking.transactions import lock_for_writing
from casebase.desk.admin import mixin_bases
from casebase.unsaved_forms import RESTORED_MESSAGE, pop_form

# The maximum number of rows of a formset, whatever number a browser sends.
ROW_LIMIT = {"max_num": 300, "absolute_max": 300}


class CachedChoicesMixin(mixin_bases.ChoiceWidget):
    """Mixin of an autocomplete that gets the chosen records in ``chosen``.

    Django's own widget fetches them with a query for each field, and the form of a case
    has a hundred such fields.
    """

    chosen: Iterable[Any] = ()

    def optgroups(self, name, value, attrs=None):
        labels = {str(record.pk): str(record) for record in self.chosen}
        if not labels.keys() >= set(value):
            try:
                return super().optgroups(name, value, attrs)
            except (OverflowError, ValueError):
                # The value is not a key, and the field reports the error.
                return []
        options = [
            self.create_option(name, key, labels[key], selected=True, index=i)
            for i, key in enumerate(value)
        ]
        return [(None, options, 0)]


class CachedAutocompleteSelect(CachedChoicesMixin, AutocompleteSelect):
    class Media:
        js = ["js/autocomplete_labels.js"]


class CachedAutocompleteSelectMultiple(CachedChoicesMixin, AutocompleteSelectMultiple):
    Media = CachedAutocompleteSelect.Media


class SafeMultipleChoiceField(forms.ModelMultipleChoiceField):
    """A field that rejects keys too large for SQLite; Django's raises an error."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:
            code = "invalid_pk_value"
            message = self.error_messages[code]
            raise ValidationError(message, code, {"pk": ", ".join(value)}) from None


class DeskForm(forms.ModelForm):
    """A form that shows a constraint's message at the field in its error code.

    With a ``redisplay_message`` the form shows the submitted data without validation.
    """

    redisplay_message = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Unchanged rows (only rows have a prefix) are not validated again: a case has a
        # hundred, and the validation of each takes at least one query.
        if self.prefix:
            self.empty_permitted = True
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if self.instance.pk and isinstance(widget, CachedChoicesMixin):
                widget.chosen = self._chosen_records(name)

    def is_valid(self):
        return not self.redisplay_message and super().is_valid()

    def full_clean(self):
        if self.redisplay_message:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def _chosen_records(self, name):
        value = getattr(self.instance, name)
        return value.all() if hasattr(value, "all") else filter(None, [value])

    def add_error(self, field, error):
        if hasattr(error, "error_dict"):
            for each in error.error_dict.pop(NON_FIELD_ERRORS, []):
                self.add_error(each.code if each.code in self.fields else None, each)
        super().add_error(field, error)


class DeskFieldsMixin(mixin_bases.BaseModelAdmin):
    """Mixin of admins and inlines, with the forms and autocompletes of the desk."""

    form = DeskForm

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = CachedAutocompleteSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # Every many-to-many field is an autocomplete, unless an admin says otherwise.
        widget = CachedAutocompleteSelectMultiple(db_field, self.admin_site)
        kwargs = {"widget": widget, "form_class": SafeMultipleChoiceField} | kwargs
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class DeskInline(DeskFieldsMixin, mixin_bases.InlineModelAdmin):
    """Mixin of inlines without blank rows, and with a maximum number of rows."""

    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **ROW_LIMIT | kwargs)


class WriteLockAdminMixin(mixin_bases.ModelAdmin):
    """Mixin of an admin whose pages lock the database for writing when they are sent.

    Nobody else can write between the validation of a form and its saving, so that what
    was validated is what is saved.
    """

    def changeform_view(self, request, *args, **kwargs):
        lock_writes_if_submitted(request)
        return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        lock_writes_if_submitted(request)
        return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        lock_writes_if_submitted(request)
        return super().changelist_view(request, *args, **kwargs)


def lock_writes_if_submitted(request):
    if request.method == "POST" and not redisplay_message(request):
        lock_for_writing()


def redisplay_form(request, data, message):
    """Make the page show a form with this data, without validating or saving it.

    The page shows the message as a notice.
    """
    # Files are read now: reading them later, with the method changed, would discard the
    # data that is set here.
    request.FILES  # noqa: B018 -- looking at it reads them
    request.method, request.POST, request.redisplay_message = "POST", data, message


def redisplay_message(request):
    """Return why the form is only shown again, or "" if it was sent to be saved."""
    return getattr(request, "redisplay_message", "")


class DeskAdmin(WriteLockAdminMixin, DeskFieldsMixin, admin.ModelAdmin):
    """The admin of a record. Changing its field ``address`` keeps the former value."""

    address = ""

    def has_remove_permission(self, request, obj=None):
        """Return whether the user may remove a record by undoing an edit or by a merge.

        No page deletes works, names and terms, because other records may cite them. A
        user who may add and change them may undo an addition while nothing uses it.
        """
        may_add = self.has_add_permission(request)
        return may_add and self.has_change_permission(request, obj)

    def get_ordering(self, request):
        # Django ignores the model's ordering if the queryset has annotations.
        return self.ordering or self.opts.ordering

    def changeform_view(self, request, *args, **kwargs):
        if request.method == "GET" and (sent := pop_form(request)):
            redisplay_form(request, sent, RESTORED_MESSAGE)
        response = super().changeform_view(request, *args, **kwargs)
        if message := redisplay_message(request):
            messages.info(request, message)
        return response

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.redisplay_message = redisplay_message(request)
        return form

    # PostgreSQL can't search for a text with a null character.

    def changelist_view(self, request, extra_context=None):
        if "%00" in request.META["QUERY_STRING"]:
            raise BadRequest("The address of a list holds a null character.")
        return super().changelist_view(request, extra_context)

    def get_search_results(self, request, queryset, search_term):
        words = search_term.replace("\0", "")
        return super().get_search_results(request, queryset, words)

    def save_model(self, request, obj, form, change):
        if change and self.address in form.changed_data:
            name = getattr(obj, self.address)
            setattr(obj, self.address, form.initial[self.address])
            obj.rename(**{self.address: name})
        super().save_model(request, obj, form, change)


class PositionedFormSet(forms.BaseInlineFormSet):
    """A formset of rows with a field ``position``. New rows come last."""

    def get_form_kwargs(self, index):
        kwargs = super().get_form_kwargs(index)
        if index is None or index >= self.initial_form_count():
            first = self.model._meta.get_field("position").default
            last = max((row.position + 1 for row in self.get_queryset()), default=first)
            kwargs["initial"] = {"position": last}
        return kwargs

    def add_fields(self, form, index):
        super().add_fields(form, index)
        if not form.instance.pk:
            # A new row with only a position is still empty.
            form.fields["position"].has_changed = lambda initial, data: False


class NoAddOrChangeAdminMixin:
    """Mixin of an admin or inline: its records cannot be added or changed."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ReadOnlyAdminMixin(NoAddOrChangeAdminMixin):
    """Mixin of an admin or inline: its records are read-only."""

    def has_delete_permission(self, request, obj=None):
        return False


class FormerAddressInline(ReadOnlyAdminMixin, admin.TabularInline):
    """The former addresses of a record. They redirect permanently."""

    verbose_name_plural = "Earlier addresses, which lead here"
    classes = ["collapse"]
    extra = 0
