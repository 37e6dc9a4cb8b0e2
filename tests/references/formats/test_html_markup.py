"""HTML entities and tags in the texts of files."""

import json

import pytest

from references.formats import BIBTEX, CSL_JSON, RIS
from references.formats.html_markup import convert_to_csl_markup, strip_html


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Energy &amp; Fuels", "Energy & Fuels"),
        ("Energy &amp;amp; Fuels", "Energy & Fuels"),
        ("M&uuml;ller &#38; S&#xf8;n", "Müller & Søn"),
        ("CO<sub>2</sub> in 10<sup>-3</sup> m<SUP>2</SUP>", "CO₂ in 10⁻³ m²"),
        ("the 10<sup>th</sup>", "the 10th"),
        (
            "<i>E. coli</i> <span class='nocase'>in</span> <b>care</b>",
            "E. coli in care",
        ),
        ("One<br/>two<p>three</p>", "One two three"),
        (
            "<jats:italic>Care</jats:italic> <mml:math><mml:mi>x</mml:mi></mml:math>",
            "Care x",
        ),
        ("&lt;i&gt;Care&lt;/i&gt;", "Care"),
        ("&lt;p&gt;One&lt;/p&gt;&lt;jats:p&gt;two&lt;/jats:p&gt;", "One two"),
        ("The &lt;b&gt; tag", "The <b> tag"),
        ("&lt;p&gt; of <i>E. coli</i>", "<p> of E. coli"),
        ("&amp;lt;br/&amp;gt; and &lt;/i&gt;", "<br/> and </i>"),
        ("&lt;i&gt;&lt;b&gt; a&lt;/i&gt;", "<i><b> a</i>"),
    ],
)
def test_entities_are_replaced_and_tags_removed(text, signs):
    assert strip_html(text) == signs


SMALL = '<span style="font-variant:small-caps;">Max</span>'


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("&lt;i&gt;E. coli&lt;/i&gt; now", "<i>E. coli</i> now"),
        ("<em>a</em> <STRONG class='x'>b</STRONG>", "<i>a</i> <b>b</b>"),
        ("<jats:italic>a</jats:italic>", "<i>a</i>"),
        ("10<sup>th</sup> CO<jats:sub>2</jats:sub>", "10<sup>th</sup> CO₂"),
        ("Mad <sc>Max</sc>", f"Mad {SMALL}"),
        ("Mad <span style='font-variant: small-caps'>Max</span>", f"Mad {SMALL}"),
        (f"Mad {SMALL}", f"Mad {SMALL}"),
        ("a <span class='nocase'><i>b</i></span> <u>c</u>", "a <i>b</i> c"),
        # Only pairs of marks with text between are kept.
        ("<i>a", "a"),
        ("a</b> <i></i><i> </i>b", "a b"),
        ("<i>a <b>b</i> c</b>", "a <b>b c</b>"),
        ("<A>", "<A>"),
        ("<SUB><SUB>", "<SUB><SUB>"),
        ("<b> </i>", "<b> </i>"),
        ("<b></B>", ""),
        ("<b>", "<b>"),
        ("<script>x</script> <i>y</i>", "<script>x</script> <i>y</i>"),
    ],
)
def test_titles_keep_the_marks_of_csl(text, title):
    assert convert_to_csl_markup(text) == title
    assert convert_to_csl_markup(title) == title


@pytest.mark.parametrize(
    "text",
    [
        *(
            "R&D at AT&T",
            "p < 0.05 and q > 1",
            "a<b and c>d",
            "List<String>",
            "x &y; z",
        ),
        *("<script>alert(1)</script>", "&copy=1", "A  B\nC", "5 < 6 <7"),
    ],
)
def test_text_that_is_not_html_stays(text):
    assert strip_html(text) == text


MUELLER = "M&uuml;ller"
TITLE, JOURNAL = "CO<sub>2</sub> &lt; 5", "Energy &amp; Fuels"


CSL = {
    **{"title": TITLE, "container-title": JOURNAL},
    "author": [f"{MUELLER}, J.", {"family": "R&#111;e", "given": "R."}],
}


@pytest.mark.parametrize(
    ("work_format", "text"),
    [
        (RIS, f"TI  - {TITLE}\nJF  - {JOURNAL}\nAU  - {MUELLER}, J.; Roe, R.\nER  - "),
        (CSL_JSON, json.dumps([CSL])),
        (
            BIBTEX,
            f"@article{{a, title={{{TITLE}}}, journal={{{JOURNAL}}},"
            f"author={{{MUELLER}, J. and Roe, R.}}}}",
        ),
    ],
)
def test_every_format_is_cleaned_in_the_same_way(work_format, text):
    (work,) = work_format.read(text.encode(), "a").works
    assert (work.title, work.container_title) == ("CO₂ < 5", "Energy & Fuels")
    assert [name.family for name in work.author] == ["Müller", "Roe"]
