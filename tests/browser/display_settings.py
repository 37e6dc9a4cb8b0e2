"""The display settings of tests: two widths and two colour schemes, each once.

A wrong colour is wrong in either width, and a wrong size in either scheme.
"""

# Width in pixels, color scheme.
DISPLAY_SETTINGS = [(320, "dark"), (1280, "light")]
