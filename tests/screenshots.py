"""Takes the screenshots of docs/img/: `make screenshots`.

Each page has two pictures, of the light and of the dark scheme, with a window 1440 and
one 360 pixels wide. They are taken of a site with the content of fixtures/, as the
browser tests serve it.
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
# Name of the picture → address.
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
    "desk": "/admin/",
}
# Pixels of the windows.
WIDTHS, HEIGHT = (1440, 360), 900
GAP = 24
# Of what the pictures are set on.
GREY = (136, 132, 126)
# With these, all pictures together have about 2 MB.
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
    for name, address in PAGES.items():
        if name == "desk":
            sign_in(page)
        shots = []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": HEIGHT})
            assert page.goto(address, wait_until="networkidle").ok, address
            shots.append(Image.open(BytesIO(page.screenshot())))
        yield name, shots
    context.close()


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
