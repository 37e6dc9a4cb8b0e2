"""How a page is looked at: in two widths and in two colour schemes, each once.

What is wrong with a colour is wrong in either width, and of a size in either scheme.
"""

# Width in pixels, color scheme.
LOOKS = [(320, "dark"), (1280, "light")]
