"""How a page is looked at: in two widths and in two colour schemes, each once.

What is wrong with a colour is wrong in either width, and of a size in either scheme.
"""

# Width in pixels, color scheme.
LOOKS = [(320, "dark"), (1280, "light")]
# Links of Django's admin change their colour slowly.
SETTLED = "() => Promise.all(document.getAnimations().map(each => each.finished))"


def each_look(page):
    """Give a page one look after the other; fail where it is too wide for it."""
    for width, color_scheme in LOOKS:
        page.emulate_media(color_scheme=color_scheme)
        assert fits(page, width)
        page.evaluate(SETTLED)
        yield


def fits(page, width):
    """Whether nothing has to be scrolled sideways in a window of this width."""
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate("document.documentElement.scrollWidth") <= width
