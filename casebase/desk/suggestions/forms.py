"""The form in which readers make suggestions."""

from django import forms

from casebase.desk.suggestions.models import Suggestion

HELP = {
    "source": "An address, or enough of a citation to find it: who, what, when.",
    "name": "Shown on the case if we take your suggestion up. Empty: you stay unnamed.",
    "email": "Only if you want an answer. Deleted as soon as you have one.",
}


class SuggestionForm(forms.ModelForm):
    """A suggestion. ``is_from_robot`` is true if the hidden field was filled in."""

    # A honeypot: people don't see it and leave it empty, but programs fill it in.
    topic = forms.CharField(
        label="Leave this empty",
        required=False,
        widget=forms.TextInput({"autocomplete": "off", "tabindex": -1}),
    )

    class Meta:
        model = Suggestion
        fields = ["text", "source", "name", "email"]
        labels = {
            "text": "What is wrong or missing?",
            "source": "Where does it say so? (optional)",
            "name": "Your name, to be thanked by (optional)",
            "email": "Your e-mail address (optional)",
        }
        help_texts = HELP
        error_messages = {"text": {"required": "Say what is wrong or missing."}}
        widgets = {
            "text": forms.Textarea({"rows": 6}),
            "source": forms.Textarea({"rows": 2}),
            "name": forms.TextInput({"autocomplete": "name"}),
            "email": forms.EmailInput({"autocomplete": "email"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)

    @property
    def is_from_robot(self):
        return bool(self.cleaned_data["topic"])
