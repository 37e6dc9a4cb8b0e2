"""What every page of the curators' desk, Django's admin, has in common."""

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.core.exceptions import NON_FIELD_ERRORS, BadRequest, ValidationError
from django.forms.utils import ErrorDict

from casebase.change_tracking.transactions import hold
from casebase.unsaved_forms import COME_BACK, take_form

# Of rows on a page. A number that a browser may send must not keep a worker busy.
LIMIT = {"max_num": 300, "absolute_max": 300}


class Chosen:
    """An autocomplete that knows the records chosen so far.

    Django's own asks the database once per widget, and a case has a hundred.
    """

    known = ()

    def optgroups(self, name, value, attrs=None):
        known = {str(record.pk): str(record) for record in self.known}
        if not known.keys() >= set(value):
            try:
                return super().optgroups(name, value, attrs)
            except (OverflowError, ValueError):  # No key at all; the field says so.
                return []
        options = [
            self.create_option(name, key, known[key], selected=True, index=i)
            for i, key in enumerate(value)
        ]
        return [(None, options, 0)]


class ChosenSelect(Chosen, AutocompleteSelect):
    class Media:
        js = ["js/names.js"]


class ChosenSelectMultiple(Chosen, AutocompleteSelectMultiple):
    Media = ChosenSelect.Media


class ChosenField(forms.ModelMultipleChoiceField):
    """Refuses a key that is too large for SQLite, where Django's own breaks."""

    def clean(self, value):
        try:
            return super().clean(value)
        except OverflowError:
            code = "invalid_pk_value"
            message = self.error_messages[code]
            raise ValidationError(message, code, {"pk": ", ".join(value)}) from None


class DeskForm(forms.ModelForm):
    """Shows a constraint's message at the field that its error code names.

    One with a sentence ``why_shown_again`` is shown as it was sent, neither checked nor
    saved.
    """

    why_shown_again = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # A row (only rows have a prefix) that stays as it was is not checked again:
        # a case has a hundred, and each check is a query or more.
        self.empty_permitted = self.empty_permitted or bool(self.prefix)
        for name, field in self.fields.items():
            widget = getattr(field.widget, "widget", field.widget)
            if self.instance.pk and isinstance(widget, Chosen):
                widget.known = self._chosen(name)

    def is_valid(self):
        return not self.why_shown_again and super().is_valid()

    def full_clean(self):
        if self.why_shown_again:
            self._errors, self.cleaned_data = ErrorDict(), {}
        else:
            super().full_clean()

    def _chosen(self, name):
        value = getattr(self.instance, name)
        return value.all() if hasattr(value, "all") else filter(None, [value])

    def add_error(self, field, error):
        if hasattr(error, "error_dict"):
            for each in error.error_dict.pop(NON_FIELD_ERRORS, []):
                self.add_error(each.code if each.code in self.fields else None, each)
        super().add_error(field, error)


class Desk:
    """What pages and the inlines on them have in common."""

    form = DeskForm

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs["widget"] = ChosenSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        # All of them are autocompletes.
        widget = ChosenSelectMultiple(db_field, self.admin_site)
        kwargs |= {"widget": widget, "form_class": ChosenField}
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class DeskInline(Desk):
    """Rows on a page: as many as there are, and no more than anyone can read."""

    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, **LIMIT | kwargs)


class OneAtATime:
    """An admin on whose pages one person at a time decides and saves.

    Nobody else writes between the look at a record, or at what there is already, and
    the saving; so what a form says of it is true.
    """

    def changeform_view(self, request, *args, **kwargs):
        hold_if_sent(request)
        return super().changeform_view(request, *args, **kwargs)

    def delete_view(self, request, *args, **kwargs):
        hold_if_sent(request)
        return super().delete_view(request, *args, **kwargs)

    def changelist_view(self, request, *args, **kwargs):
        hold_if_sent(request)
        return super().changelist_view(request, *args, **kwargs)


def hold_if_sent(request):
    if request.method == "POST" and not why_shown_again(request):
        hold()


def show_again(request, sent, why):
    """Have the page shown as if this was sent to it just now; the form isn't saved.

    Why is the sentence that the page then says, as a notice.
    """
    # Loaded while the method is as it was: later, loading would empty what is set here.
    request.FILES  # noqa: B018
    request.method, request.POST, request.why_shown_again = "POST", sent, why


def why_shown_again(request):
    """Why a form is only shown again, not saved; empty if it is sent to be saved."""
    return getattr(request, "why_shown_again", "")


class DeskAdmin(OneAtATime, Desk, admin.ModelAdmin):
    """A page whose record keeps its former addresses, if it has an ``address``."""

    address = None

    def has_remove_permission(self, request, obj=None):
        """Whether the user may undo what made a record, or merge it into another.

        No page deletes works, names and terms, since others may cite them. Whoever adds
        and changes them may take back what was added, as long as nothing uses it.
        """
        may_add = self.has_add_permission(request)
        return may_add and self.has_change_permission(request, obj)

    def get_ordering(self, request):
        # Said here, because counts in a list make Django forget the model's own order.
        return self.ordering or self.opts.ordering

    def changeform_view(self, request, *args, **kwargs):
        if request.method == "GET" and (sent := take_form(request)):
            show_again(request, sent, COME_BACK)
        response = super().changeform_view(request, *args, **kwargs)
        if why := why_shown_again(request):
            messages.info(request, why)
        return response

    def get_form(self, request, *args, **kwargs):
        form = super().get_form(request, *args, **kwargs)
        form.why_shown_again = why_shown_again(request)
        return form

    # PostgreSQL breaks on a null character in what it is to look for.

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


class RowFormSet(forms.BaseInlineFormSet):
    """Rows with a position; a new one comes last."""

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
            # A place in the order alone makes no row.
            form.fields["position"].has_changed = lambda initial, data: False


class NotWritten:
    """Of a page or of rows: what the site writes, and people may delete at most."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


class ReadOnly(NotWritten):
    """Of a page or of rows: what people only look at."""

    def has_delete_permission(self, request, obj=None):
        return False


class FormerNames(ReadOnly, admin.TabularInline):
    """Earlier addresses. Renaming makes them, and they lead here for ever."""

    verbose_name_plural = "Earlier addresses, which lead here"
    classes = ["collapse"]
    extra = 0
