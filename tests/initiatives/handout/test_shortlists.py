"""The handout of a shortlist, with a reader's notes, which may be anything."""

import pytest
from django.core.cache.backends.locmem import LocMemCache
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from initiatives.models import Finding, Initiative
from initiatives.shortlist.items import Shortlist, id_of
from initiatives.shortlist.stored import store
from references.styles import cache
from tests.factories import InitiativeFactory
from tests.initiatives.handout.test_files import A, W, paragraphs, read_parts
from tests.initiatives.handout.test_page import words_of

pytestmark = [pytest.mark.django_db, pytest.mark.once]

HOSTILE = (
    "<script>alert(1)</script> ]]> & \x01\x0b\ufffe\ue000 😀 {{ 7 }} </w:t>\n"
    "שלום עולם\n" + "many words " * 1800
)


@pytest.fixture
def kept(cases):
    """A stored shortlist: both cases, a statement of the first, a note on each."""
    a, b = cases
    barrier = Finding.objects.get(kind="barrier")
    notes = {
        id_of(a): "Ask about the patrols.",
        id_of(barrier): "Ours, too.",
        id_of(b): HOSTILE,
    }
    return store(Shortlist.from_ids(notes, notes))


def files_of(client, address):
    content = b"".join(client.get(address).streaming_content)
    return read_parts(content)


def test_the_page_has_the_notes(client, kept):
    page = client.get(f"/shortlist/{kept.read_token}/handout/")
    words = words_of(page)
    assert "Your notes Ask about the patrols. On “They met with" in words
    assert "<reserve>.”: Ours, too.".replace("<", "&lt;").replace(">", "&gt;") in words
    assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; ]]&gt; &amp;  😀")
    assertNotContains(page, "<script>alert")
    assert page["Cache-Control"] == "private, no-store"
    assert "noindex" in page["X-Robots-Tag"]
    assert page["Referrer-Policy"] == "no-referrer"


def test_the_change_link_leads_to_what_the_read_link_shows(client, kept):
    for rest in ("", "?form=short", "docx/?style=apa"):
        assertRedirects(
            client.get(f"/shortlist/{kept.token}/handout/{rest}"),
            f"/shortlist/{kept.read_token}/handout/{rest}",
            fetch_redirect_response=False,
        )
    for token in (kept.token, kept.read_token):
        page = client.get(f"/shortlist/{token}/")
        assertContains(page, f'href="/shortlist/{kept.read_token}/handout/"')


def test_the_read_link_is_printed(client, kept):
    page = client.get(f"/shortlist/{kept.read_token}/handout/").content.decode()
    printed = page.partition('class="sheet sheet--contents"')[2]
    assert f"http://testserver/shortlist/{kept.read_token}/" in printed
    assert "QR code: the list" in printed
    for name in ("docx", "pptx"):
        address = f"/shortlist/{kept.read_token}/handout/{name}/"
        parts = files_of(client, address).values()
        texts = (text for part in parts for text in part.itertext())
        assert kept.read_token in "".join(texts)


def test_notes_come_back_from_word_as_they_were(client, kept):
    parts = files_of(client, f"/shortlist/{kept.read_token}/handout/docx/")
    document = parts["word/document.xml"]
    notes = [text for style, text in paragraphs(document, W) if style == "Note"]
    assert notes[0] == "Ask about the patrols."
    hostile = notes[2]
    assert hostile == "<script>alert(1)</script> ]]> & 😀 {{ 7 }} </w:t>"
    assert notes[3] == "שלום עולם"
    assert len(notes[4]) > 15_000
    [right_to_left] = document.iter(f"{W}bidi")
    assert right_to_left is not None


def test_notes_stand_in_the_notes_of_the_speaker(client, kept):
    parts = files_of(client, f"/shortlist/{kept.read_token}/handout/pptx/")
    slides = [
        " ".join(text for _, text in paragraphs(parts[f"ppt/{name}2.xml"], A))
        for name in ("slides/slide", "notesSlides/notesSlide")
    ]
    assert "Ask about" not in slides[0]
    second = paragraphs(parts["ppt/notesSlides/notesSlide2.xml"], A)
    words = " ".join(text for _, text in second if text)
    assert "Your notes: <script>alert(1)</script> ]]> &" in words
    assert "שלום עולם" in words


def test_files_with_notes_are_not_cached(client, kept, monkeypatch):
    keys = []

    class NotingCache(LocMemCache):
        def get(self, key):
            keys.append(key)
            return super().get(key)

    noting = {cache.CACHE: NotingCache("noting", {})}
    monkeypatch.setattr(cache, "caches", noting)
    files_of(client, f"/shortlist/{kept.read_token}/handout/docx/")
    n_with_notes = len(keys)
    files_of(client, "/handout/docx/?case=a&case=b")
    # Twice as often: the works, and the file.
    assert len(keys) - n_with_notes > n_with_notes


def test_the_own_shortlist(client, cases):
    case = Initiative.objects.get(slug="a")
    here = {"sec-fetch-site": "same-origin"}
    client.post("/shortlist/keep/", {"keep": id_of(case)}, headers=here)
    page = client.get("/shortlist/handout/")
    assertContains(page, "Who does what.")
    assertContains(page, 'href="/shortlist/"')
    assertNotContains(page, "This handout:")
    assert page["Cache-Control"] == "private, no-store"
    assert files_of(client, "/shortlist/handout/docx/?style=apa")
    assertContains(client.get("/shortlist/"), 'href="/shortlist/handout/"')
    assert client.get("/shortlist/handout/odt/").status_code == 404


def test_an_empty_shortlist_says_what_to_do(client):
    page = client.get("/shortlist/handout/")
    assertContains(page, "No case is on this shortlist.")


def test_twelve_cases_of_a_long_list(client):
    cases = InitiativeFactory.create_batch(14)
    kept = store(Shortlist.from_ids(map(id_of, cases)))
    Initiative.objects.filter(pk=cases[0].pk).update(
        status="withdrawn", status_note="Wrong."
    )
    Initiative.objects.filter(pk=cases[1].pk).delete()
    path = f"/shortlist/{kept.read_token}/handout/"
    first, second = client.get(path), client.get(f"{path}?page=2")
    assert "12 of 13 cases of a shortlist" in words_of(first)
    assertContains(first, "This case was withdrawn: Wrong.")
    assertContains(first, f"{cases[1].name} (not public now)")
    assertContains(first, f'<a href="{path}?page=2" rel="nofollow">The next</a>')
    assertContains(second, f'<a href="{path}" rel="nofollow">Those before</a>')
    assertContains(second, cases[13].summary)
    assert client.get(f"{path}?page=x").status_code == 200


def test_a_link_that_leads_nowhere(client):
    assert client.get(f"/shortlist/{'0' * 32}/handout/").status_code == 404
