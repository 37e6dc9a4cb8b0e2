"""WCAG 2.2 AA as far as a program can tell: axe on every type of page."""

import pytest

from tests.browser.display_settings import each_setting, fits

PAGES = {
    "home": "/",
    "scheme": "/barriers/",
    "star": "/change-steps/",
    "sessions": "/plan/sessions/",
    "barrier": "/barriers/mistrust/",
    "strategy": "/strategies/training-and-coaching/",
    "change step": "/change-steps/map-it/",
    "service area": "/service-areas/health/",
    "term without cases": "/barriers/stigma/",
    "codebook": "/codebook/",
    "evidence rules": "/about/evidence/",
    "initiatives": "/initiatives/",
    "filtered initiatives": "/initiatives/?barrier=mistrust&country=GB&from=1990",
    "nothing matches": "/initiatives/?country=KE",
    "refused": "/initiatives/?country=XX&page=-1&barrier=nonsense&from=abcd",
    "map": "/map/",
    "map of a view": "/map/?view=british-isles&country=GB",
    "map without cases": "/map/?country=KE",
    "case": "/initiatives/streetwatchers-weyhe/",
    "similar, form": "/similar/",
    "similar to a case": "/similar/?case=streetwatchers-weyhe",
    "similar, refused": "/similar/?settlement=none&case=streetwatchers-weyhe",
    "similar, rules": "/about/similar/",
    "begin a plan": "/plan/?barrier=mistrust&settlement=moon&case=keyring-networks",
    "references": "/references/",
    "works behind a set": "/references/?barrier=mistrust&kind=barrier",
    "bibliography": "/references/bibliography/?barrier=mistrust",
    "numbered bibliography": "/references/bibliography/?cited=keyring-networks"
    "&style=nlm-citation-sequence",
    "style that is none": "/references/bibliography/?style=nope",
    "work": "/references/meyer-grosser-2014/",
    "corrected work": "/references/schlappa-et-al-2020/",
    "search": "/search/?q=trust",
    "pages and lists found": "/search/?q=plan+in+a+rural+area",
    "nothing found": "/search/?q=streetwachers",
    "about": "/about/",
    "accessibility": "/accessibility/",
    "history of a case": "/initiatives/streetwatchers-weyhe/history/",
    "version of a case": "/initiatives/streetwatchers-weyhe/v/1/",
    "cite a case": "/initiatives/streetwatchers-weyhe/cite/",
    "suggest a correction": "/initiatives/streetwatchers-weyhe/suggest/",
    "thanks": "/initiatives/streetwatchers-weyhe/suggest/thanks/",
    "comparison": "/compare/?case=streetwatchers-weyhe&case=keyring-networks"
    "&case=balsall-heath-forum&case=kaizen-saitama",
    "fifth case": "/compare/?case=streetwatchers-weyhe&case=keyring-networks"
    "&case=balsall-heath-forum&case=beat-meetings-chicago&case=helsinki-timebank",
    "comparison of nothing": "/compare/",
    "empty shortlist": "/shortlist/",
    "citations of a shortlist": "/shortlist/citations/?items=fpazzbjh",
    "cases to choose from": "/compare/?case=keyring-networks&add=trust",
    "blank workbook": "/plan/blank/",
    "bring in a plan": "/plan/bring-in/",
    "handout": "/handout/?case=streetwatchers-weyhe&case=keyring-networks&case=none",
    "withdrawn case": "/initiatives/kaizen-saitama/",
    "not found": "/nowhere/",
}
REFUSALS = ("status of 400", "status of 404", "status of 410")


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES)
def test_axe_finds_nothing_and_the_page_fits(new_page, axe, address):
    page = new_page(tolerate=REFUSALS)
    page.goto(address)
    # axe treats the content of a closed fold as hidden, even if the fold is open on
    # wide screens.
    page.evaluate(
        "document.querySelectorAll('details').forEach(fold => fold.open = true)"
    )
    # Zoomed to 200 %, a window of 1280 pixels is one of 640.
    assert fits(page, 640)
    for rules in each_setting(page):
        axe(page, rules=rules)
