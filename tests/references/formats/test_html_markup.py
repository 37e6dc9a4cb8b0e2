"""Signs of HTML in texts of files, which become the signs that they stand for."""

import json

import pytest

from references.formats import BIBTEX, CSL_JSON, RIS
from references.formats.html_markup import cleaned, plain


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
def test_signs_stay_and_marks_go(text, signs):
    assert plain(text) == signs


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
        # In pairs, with words between.
        ("<i>a", "a"),
        ("a</b> <i></i><i> </i>b", "a b"),
        ("<i>a <b>b</i> c</b>", "a <b>b c</b>"),
        ("<A>", "<A>"),
        ("<b>", "<b>"),
        ("<script>x</script> <i>y</i>", "<script>x</script> <i>y</i>"),
    ],
)
def test_titles_keep_italics_and_the_like(text, title):
    assert cleaned(text) == title
    assert cleaned(title) == title


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
def test_what_is_no_html_stays(text):
    assert plain(text) == text


MUELLER = "M&uuml;ller"
TITLE, JOURNAL = "CO<sub>2</sub> &lt; 5", "Energy &amp; Fuels"


CSL = {
    **{"title": TITLE, "container-title": JOURNAL},
    "author": [f"{MUELLER}, J.", {"family": "R&#111;e", "given": "R."}],
}


@pytest.mark.parametrize(
    ("kind", "text"),
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
def test_every_format_is_cleaned_in_one_way(kind, text):
    (work,) = kind.read(text.encode(), "a").works
    assert (work.title, work.container_title) == ("CO₂ < 5", "Energy & Fuels")
    assert [name.family for name in work.author] == ["Müller", "Roe"]
