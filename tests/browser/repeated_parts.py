"""Removes parts of a page that repeat others, which would take long to look at."""

# Two parts have one shape if their elements, classes and other attributes agree,
# whatever their texts, addresses and sizes, and however often a shape occurs in them.
REMOVE = """
kept => {
  const differ = new Set(["id", "name", "value", "href", "src", "for", "title", "d",
    "points", "transform", "x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "width",
    "height", "datetime", "aria-label", "aria-labelledby", "aria-describedby"]);
  const shape = element => [
    element.tagName,
    ...[...element.attributes]
      .map(({name, value}) => differ.has(name) ? name : `${name}=${value}`).sort(),
    ...new Set([...element.children].map(shape)),
  ].join(" ");
  const parts = new Map();
  const thin = parent => {
    const neighbours = new Map();
    for (const child of [...parent.children]) {
      const own = shape(child);
      // A small shape, as of a link, means one thing here and another there.
      const seen = child.querySelectorAll("*").length > 5 ? parts : neighbours;
      seen.set(own, (seen.get(own) ?? 0) + 1);
      if (seen.get(own) > kept) child.remove();
      else thin(child);
    }
  };
  thin(document.body);
}
"""


def remove_repeated_parts(page, kept=3):
    """Leave the first ``kept`` parts of each shape."""
    page.evaluate(REMOVE, kept)
