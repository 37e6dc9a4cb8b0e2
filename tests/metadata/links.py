"""A reader of ``Link`` headers, and a text that tries to break out of its place."""

import re

HOSTILE = '</script><!-- "\'&=+;,> <b>ü\n%0D%0ALink: <x>; rel="y"'

# https://www.rfc-editor.org/rfc/rfc8288#appendix-B.2, for targets and their attributes.
LINK = re.compile(r'\s*<([^<>\s"]*)>((?:\s*;\s*[a-z*-]+="[^"\\]*")*)\s*(?:,|$)')
ATTRIBUTE = re.compile(r';\s*([a-z*-]+)="([^"]*)"')


def links_in(header):
    """Triples of relation, address and media type; nothing of the header is left."""
    found, at = [], 0
    while at < len(header):
        link = LINK.match(header, at)
        assert link, header[at:]
        attributes = dict(ATTRIBUTE.findall(link[2]))
        found.append((attributes["rel"], link[1], attributes.get("type", "")))
        at = link.end()
    return found
