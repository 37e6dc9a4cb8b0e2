"""A name without a letter names nobody: every reader leaves it out, and says so."""

import json

import pytest

from references.csl import OTHERS, Name, Work
from references.formats import BIBLATEX, BIBTEX, CSL_JSON, RIS
from tests.references.formats.test_round_trips import (
    EVERY_READABLE_FORMAT,
    write_and_read,
)

DOE = Name(family="Doe", given="Jane")
MARKS = [",", ",,", ", ,", ";", ".", "-", "&", "{}", "{,}", '"', "'", "\\", "/", ":"]
MARKS += ["|", "#", "%", "...", "…", "?", "12", "<b>,</b>", "&#44;", "\ud7ff"]
# A combining mark, a space without width, a mark of direction.
MARKS += ["\u0301", "\u200b", "\u200f"]
EVERY_MARK = pytest.mark.parametrize("mark", MARKS)
EVERY_ROLE = pytest.mark.parametrize("role", ["author", "editor"])
EVERY_PART = pytest.mark.parametrize("part", ["literal", "family"])


def build_work(role, *names):
    return Work.model_validate(
        {"id": "a", "type": "book", "title": "A"}
        | {role: [name.model_dump(exclude_none=True) for name in names]}
    )


def read_back(work_format, role, *names):
    """Return the names of the work as read from a file, and the messages."""
    work = build_work(role, *names)
    result = write_and_read(work_format, work)
    assert result.works == [work_format.round_trip(work)]
    return getattr(result.works[0], role), [str(each) for each in result.messages]


@EVERY_READABLE_FORMAT
@EVERY_MARK
@EVERY_ROLE
@EVERY_PART
def test_a_name_of_marks_is_left_out(work_format, mark, role, part):
    nobody = Name.model_validate({part: mark})
    others = [DOE, Name(literal="Stadt Kehl")]
    for names in ([nobody], [nobody, *others], [*others, nobody]):
        read, messages = read_back(work_format, role, *names)
        assert read == [name for name in names if name != nobody]
        assert len(messages) == 1
        assert f"left out: {role} of “A” (a): “" in messages[0]
        assert messages[0].endswith("names nobody.")


@EVERY_READABLE_FORMAT
@pytest.mark.parametrize("space", [" ", "\u00a0", "\n", "\t", "\u2028"])
@EVERY_PART
def test_a_name_of_space_is_left_out(work_format, space, part):
    """Most formats collapse space, so nothing of the name is in the file."""
    nobody = Name.model_validate({part: space})
    assert read_back(work_format, "author", nobody, DOE)[0] == [DOE]
    assert read_back(work_format, "author", nobody)[0] == []


@EVERY_READABLE_FORMAT
@pytest.mark.parametrize("mark", ["-", "&", "#", "\u0301"])
def test_a_family_name_of_marks_is_kept_beside_a_given_name(work_format, mark):
    name = Name(family=mark, given="Jane")
    assert read_back(work_format, "author", name) == ([name], [])


@EVERY_READABLE_FORMAT
@pytest.mark.parametrize("word", ["and", "And", "AND"])
def test_a_word_is_a_name(work_format, word):
    """Metin And wrote on theatre."""
    for names in ([Name(family=word, given="M.")], [Name(literal=word), DOE]):
        assert read_back(work_format, "author", *names) == (names, [])


@pytest.mark.parametrize("work_format", [CSL_JSON, BIBTEX, BIBLATEX])
@pytest.mark.parametrize("mark", [",", ";", "-", "&", "{}", "\\", "and", "et al."])
@pytest.mark.parametrize("part", ["suffix", "dropping-particle"])
def test_marks_beside_a_family_name_are_kept(work_format, mark, part):
    """RIS has a name in one line of text, in which such marks separate names."""
    name = Name.model_validate({"family": "Doe", part: mark})
    assert read_back(work_format, "author", name) == ([name], [])


@EVERY_READABLE_FORMAT
@pytest.mark.parametrize("text", ["et al.", "et al", "others", "u. a.", "3 more"])
def test_et_al_is_never_a_person(work_format, text):
    for name in (Name(family=text), Name(literal=f"({text})")):
        assert read_back(work_format, "author", name, DOE)[0] == [DOE, OTHERS]
        names, messages = read_back(work_format, "author", name)
        assert names == []
        assert "“et al.” has no name before it; it is left out." in messages[0]


@EVERY_READABLE_FORMAT
@pytest.mark.parametrize("initials", ["U. A.", "U.A."])
def test_initials_are_no_et_al(work_format, initials):
    name = Name(family="Doe", given=initials)
    assert read_back(work_format, "author", name) == ([name], [])


@EVERY_READABLE_FORMAT
def test_et_al_after_nobody_is_reported(work_format):
    names, messages = read_back(work_format, "author", Name(literal="-"), OTHERS)
    assert names == []
    assert [message.split(": ", 1)[1] for message in messages] == [
        "author: “et al.” has no name before it; it is left out.",
        "left out: author of “A” (a): “-” names nobody.",
    ]


@pytest.mark.parametrize("part", ["literal", "family"])
def test_a_long_name_of_marks_is_shortened_in_the_message(part):
    item = {"id": "a", "title": "A", "author": [{part: "-" * 90}]}
    result = CSL_JSON.read(json.dumps([item]).encode(), "a")
    (message,) = result.messages
    assert message.sentence.endswith(f"“{'-' * 59}…” names nobody.")


def test_a_line_with_a_role_alone_has_no_name():
    result = RIS.read(b"TY  - BOOK\nTI  - A\nAU  - (Ed.)\nER  - ", "a")
    assert result.works[0].author == []
    assert [each.sentence for each in result.messages] == [
        "“(Ed.)” is not a name; it is left out.",
        "left out: author of “A” (line 1): “(Ed.)”: it is unclear who is meant.",
    ]
