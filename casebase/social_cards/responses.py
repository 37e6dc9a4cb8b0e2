"""Answers with a social card, drawn once for what it says."""

from hashlib import sha256

from django.core.cache import caches
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_cache_control

from casebase.caches.lookups import look_up
from casebase.conditional_get import SHARED_SECONDS, client_has, code_fingerprint
from casebase.social_cards.card import SocialCard
from casebase.social_cards.drawing import draw_card


def card_response(request: HttpRequest, card: SocialCard) -> HttpResponse:
    """Return the picture, or 304 if the client has it.

    Its entity tag is a hash of all that it is drawn from, so a new version of a case
    with the same numbers and texts has the same picture.
    """
    key = sha256(repr((code_fingerprint(), card)).encode()).hexdigest()[:32]
    tag = f'"{key}"'
    if client_has(request, tag):
        response: HttpResponse = HttpResponseNotModified()
    else:
        response = HttpResponse(picture(key, card), content_type="image/png")
    response["ETag"] = tag
    # Other sites show it beside a link to our page.
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    patch_cache_control(response, public=True, max_age=0, s_maxage=SHARED_SECONDS)
    return response


def picture(key: str, card: SocialCard) -> bytes:
    """Return the card as PNG, from the cache if it was drawn before."""
    cached: bytes | None = look_up("cards", key)
    if cached is None:
        cached = draw_card(card)
        caches["cards"].set(key, cached)
    return cached
