"""Coordinates from a gazetteer, on the form of a case: offered, never just set."""

from django import forms
from django.template.loader import render_to_string

from casebase.desk.admin.base import show_again
from initiatives.gazetteer import find_places
from initiatives.models import country_names

NOT_SAVED = "Nothing is saved yet."
NO_LOCALITY = f"{NOT_SAVED} Enter the locality first, then look for the place."
NO_COUNTRY = f"{NOT_SAVED} Choose the country first, then look for the place."
CHOOSE = (
    f"{NOT_SAVED} Choose the place, and its latitude and longitude are filled in. "
    "If it is larger than the locality, say under Place note what the point stands for."
)
UNKNOWN = (
    "{} The gazetteer has no “{}” in {}. Try the next larger place, after a comma: "
    "“Village, Town”. Or enter latitude and longitude from a map. Say under Place note "
    "what the point then stands for."
)
FILLED_IN = (
    f"{NOT_SAVED} Latitude and longitude are those of the place you chose: look the "
    "form through, and save it."
)
NO_POINT = f"{NOT_SAVED} What was sent is no place. Look for the place again."


class LongitudeInput(forms.NumberInput):
    """With the button that looks for the place, and what it found."""

    def __init__(self, words, places):
        super().__init__({"step": "any"})
        self.words, self.places = words, places

    def render(self, *args, **kwargs):
        context = {"words": self.words, "places": self.places}
        finder = render_to_string("admin/places.html", context)
        return super().render(*args, **kwargs) + finder


class Placing:
    """What the form of a case does when its buttons for places are pressed."""

    def changeform_view(self, request, *args, **kwargs):
        if request.method == "POST" and "_find_place" in request.POST:
            request.place_words, request.places = look_for_place(request.POST)
        elif request.method == "POST" and "_place" in request.POST:
            request.POST, request.place_words = with_point(request.POST)
        if words := getattr(request, "place_words", ""):
            show_again(request, request.POST, words)
        return super().changeform_view(request, *args, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "longitude":
            words = getattr(request, "place_words", "")
            places = getattr(request, "places", [])
            kwargs["widget"] = LongitudeInput(words, places)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def look_for_place(sent):
    """A sentence on what was found, and the places."""
    locality, country = sent.get("locality", "").strip(), sent.get("country", "")
    if not locality:
        return NO_LOCALITY, []
    countries = dict(country_names())
    if country not in countries:
        return NO_COUNTRY, []
    if places := find_places(locality, country):
        return CHOOSE, places
    shown = locality if len(locality) <= 120 else f"{locality[:119]}…"
    return UNKNOWN.format(NOT_SAVED, shown, countries[country]), []


def with_point(sent):
    """The form with the point that was chosen, and a sentence on it."""
    try:
        latitude, longitude = map(float, sent["_place"].split(","))
    except ValueError:
        return sent, NO_POINT
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return sent, NO_POINT
    filled_in = sent.copy()
    filled_in["latitude"], filled_in["longitude"] = str(latitude), str(longitude)
    return filled_in, FILLED_IN
