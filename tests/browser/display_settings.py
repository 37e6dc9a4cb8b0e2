"""The display settings of tests: two widths and two colour schemes, each once.

A wrong colour is wrong in either width, a wrong size in either scheme, and other faults
in both.
"""

from tests.browser.repeated_parts import remove_repeated_parts

# Width in pixels, color scheme.
DISPLAY_SETTINGS = [(320, "dark"), (1280, "light")]
# The rules of axe whose result depends on the setting.
VISUAL_RULES = ["color-contrast", "link-in-text-block", "target-size"]
# Links of Django's admin change their colour slowly.
SETTLED = "() => Promise.all(document.getAnimations().map(each => each.finished))"


def each_setting(page):
    """Show a page in one setting after the other; fail if it is too wide for one.

    Yield the rules of axe to try there; None, at first, for all. What repeats itself is
    removed before, but after the page was found to fit.
    """
    assert all(fits(page, width) for width, _ in DISPLAY_SETTINGS)
    remove_repeated_parts(page)
    rules = None
    for width, color_scheme in DISPLAY_SETTINGS:
        page.set_viewport_size({"width": width, "height": 800})
        show(page, color_scheme)
        yield rules
        rules = VISUAL_RULES


def each_color_scheme(page):
    """Show a page in one color scheme after the other."""
    for color_scheme in ("dark", "light"):
        show(page, color_scheme)
        yield


def show(page, color_scheme):
    page.emulate_media(color_scheme=color_scheme)
    page.evaluate(SETTLED)


def fits(page, width):
    """Whether nothing has to be scrolled sideways in a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate("document.documentElement.scrollWidth") <= width
