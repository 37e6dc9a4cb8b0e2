"""Coordinates of places from the gazetteer, offered on the form of a case."""

from django import forms
from django.template.loader import render_to_string

from casebase.desk.admin import mixin_bases
from casebase.desk.admin.base import redisplay_form
from initiatives.gazetteer import find_places
from initiatives.models import country_names

NOT_SAVED = "Nothing is saved yet."
NO_LOCALITY = f"{NOT_SAVED} Enter the locality first, then look for the place."
NO_COUNTRY = f"{NOT_SAVED} Choose the country first, then look for the place."
CHOOSE_PLACE = (
    f"{NOT_SAVED} Choose the place, and its latitude and longitude are filled in. "
    "If it is larger than the locality, say under Place note what the point stands for."
)
UNKNOWN_PLACE = (
    "{} The gazetteer has no “{}” in {}. Try the next larger place, after a comma: "
    "“Village, Town”. Or enter latitude and longitude from a map. Say under Place note "
    "what the point then stands for."
)
FILLED_IN = (
    f"{NOT_SAVED} Latitude and longitude are those of the place you chose: look the "
    "form through, and save it."
)
INVALID_POINT = f"{NOT_SAVED} The place was not valid. Look for it again."


class LongitudeInput(forms.NumberInput):
    """The input of the longitude, with a search button and the places found."""

    def __init__(self, message, places):
        super().__init__({"step": "any"})
        self.message, self.places = message, places

    def render(self, *args, **kwargs):
        context = {"words": self.message, "places": self.places}
        finder = render_to_string("admin/place_choices.html", context)
        return super().render(*args, **kwargs) + finder


class GeocodingAdminMixin(mixin_bases.ModelAdmin):
    """Mixin of the admin of cases, which handles the buttons for places."""

    def changeform_view(self, request, *args, **kwargs):
        if request.method == "POST" and "_find_place" in request.POST:
            request.place_message, request.places = search_places(request.POST)
        elif request.method == "POST" and "_place" in request.POST:
            request.POST, request.place_message = fill_in_point(request.POST)
        if message := getattr(request, "place_message", ""):
            redisplay_form(request, request.POST, message)
        return super().changeform_view(request, *args, **kwargs)

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "longitude":
            message = getattr(request, "place_message", "")
            places = getattr(request, "places", [])
            kwargs["widget"] = LongitudeInput(message, places)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


def search_places(data):
    """Return a message on the search, and up to five places."""
    locality, country = data.get("locality", "").strip(), data.get("country", "")
    if not locality:
        return NO_LOCALITY, []
    countries = dict(country_names())
    if country not in countries:
        return NO_COUNTRY, []
    if places := find_places(locality, country):
        return CHOOSE_PLACE, places
    shown = locality if len(locality) <= 120 else f"{locality[:119]}…"
    return UNKNOWN_PLACE.format(NOT_SAVED, shown, countries[country]), []


def fill_in_point(data):
    """Return the data with the coordinates of the chosen place, and a message."""
    try:
        latitude, longitude = map(float, data["_place"].split(","))
    except ValueError:
        return data, INVALID_POINT
    if not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return data, INVALID_POINT
    filled_in = data.copy()
    filled_in["latitude"], filled_in["longitude"] = str(latitude), str(longitude)
    return filled_in, FILLED_IN
