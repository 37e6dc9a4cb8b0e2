"""Takes the screenshots of docs/img/: `make screenshots`.

Each page has two pictures, of the light and of the dark scheme, with a window 1440 and
one 360 pixels wide. They are taken of a site with the content of fixtures/, as the
browser tests serve it, and of a plan and a shortlist that are made first.
"""

import sys
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import sync_playwright

from tests import chromium
from tests.browser.conftest import ARGUMENTS
from tests.browser.server import fill, running_site
from tests.browser.sign_in import sign_in

FOLDER = Path(__file__).parent.parent / "docs/img"
# Name of the picture → address, in which “plan” is that of the plan.
PAGES = {
    "home": "/",
    "matrix": "/matrix/",
    "barrier": "/barriers/mistrust/",
    "case": "/initiatives/streetwatchers-weyhe/",
    "compare": "/compare/?case=streetwatchers-weyhe&case=keyring-networks",
    "similar": "/similar/?case=streetwatchers-weyhe",
    "map": "/map/",
    "findings": "/findings/?kind=saving",
    "references": "/references/",
    "step": "{plan}focus-it/",
    "overview": "{plan}",
    # The cookie of the shortlist would say “Kept” on the pages above.
    "shortlist": "/shortlist/",
    "handout": "/shortlist/handout/",
    "desk": "/admin/",
}
START = (
    "/plan/?barrier=mistrust&service-area=public-safety&settlement=town"
    "&mode=co-delivery"
)
ANSWERS = {
    "map-it": "Two tenants’ groups walk the estate on Fridays. Nobody counts them.",
    "focus-it": "That people feel safe on their way home from the station.",
    "people-it": "Parents of the sports club, and two retired bus drivers.",
}
# Rows of the table: what is done, by whom, by when, and how it is known.
ROWS = [
    (
        "mistrust",
        "Walk with the officers once",
        "A tenants’ group",
        "2027-02-01",
        "Who came again",
    ),
    (
        "awareness",
        "Ask at the market who would come",
        "The youth club",
        "2027-03-15",
        "Names on the list",
    ),
]
KEPT = {
    "streetwatchers-weyhe": "How did they begin with the police?",
    "keyring-networks": "Who pays the volunteer?",
    "community-libraries-vale-of-glamorgan": "",
}
# Pixels of the windows.
WIDTHS, HEIGHT = (1440, 360), 900
GAP = 24
# Of what the pictures are set on.
GREY = (136, 132, 126)
# With these, all pictures together have less than 3 MB.
SCALE, COLOURS = 0.65, 128


def main():
    if why := chromium.missing():
        sys.exit(f"Screenshots need {why}.")
    with filled_site() as site, sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium.executable(), args=ARGUMENTS
        )
        FOLDER.mkdir(exist_ok=True)
        for scheme in ("light", "dark"):
            for name, shots in take(browser, site, scheme):
                save(FOLDER / f"{name}-{scheme}.png", shots)
        browser.close()


@contextmanager
def filled_site():
    """Yield the address of a site with the content of fixtures/ and a curator."""
    with TemporaryDirectory() as folder:
        filled, running = Path(folder, "filled"), Path(folder, "running")
        for each in (filled, running):
            each.mkdir()
        fill(filled)
        with running_site(running, filled) as address:
            yield address


def take(browser, site, scheme):
    """Yield pairs of a name and the pictures of the page in each width."""
    context = browser.new_context(
        base_url=site, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    plan = make_plan(page)
    for name, address in PAGES.items():
        if name == "shortlist":
            make_shortlist(page)
        if name == "desk":
            sign_in(page)
        shots = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert page.goto(address.format(plan=plan), wait_until="networkidle").ok, (
                address
            )
            shots.append(Image.open(BytesIO(page.screenshot())))
        yield name, shots
    context.close()


def make_plan(page):
    """Fill in a plan, and return the address of its overview."""
    page.goto(START)
    page.get_by_label("Working title").fill("Evening walks at the station")
    page.get_by_role("button", name="Begin the plan").click()
    page.wait_for_url("**/map-it/**")
    plan = page.url.partition("map-it/")[0]
    for step, answer in ANSWERS.items():
        page.goto(f"{plan}{step}/")
        page.locator("#plan-form textarea").first.fill(answer)
        page.get_by_role("button", name="Use this").first.click()
        page.wait_for_url("**done=used**")
    for barrier, *cells in ROWS:
        page.goto(f"{plan}table/new/?about=barriers:{barrier}")
        for name, text in zip(("action", "who", "by", "measure"), cells, strict=True):
            page.locator(f"[name={name}]").fill(text)
        page.get_by_role("button", name="Save and go to the table").click()
        page.wait_for_url("**/table/#**")
    return plan


def make_shortlist(page):
    """Keep cases on the shortlist, with notes."""
    for slug in KEPT:
        page.goto(f"/initiatives/{slug}/")
        page.get_by_role("button", name="Keep “").first.click()
        page.get_by_role("button", name="Kept “").first.wait_for()
    page.goto("/shortlist/")
    for box, note in zip(page.get_by_label("Note").all(), KEPT.values(), strict=True):
        box.fill(note)
    page.get_by_role("button", name="Save notes and places").first.click()
    page.wait_for_load_state()


def save(file, shots):
    """Save the pictures beside each other, smaller and with few colours."""
    sheet = Image.new("RGB", (sum(WIDTHS) + 3 * GAP, HEIGHT + 2 * GAP), GREY)
    x = GAP
    for shot in shots:
        sheet.paste(shot, (x, GAP))
        x += shot.width + GAP
    size = round(sheet.width * SCALE), round(sheet.height * SCALE)
    small = sheet.resize(size, Image.Resampling.LANCZOS)
    small.quantize(COLOURS, dither=Image.Dither.NONE).save(file, optimize=True)


if __name__ == "__main__":
    main()
