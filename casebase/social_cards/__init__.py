"""Social cards: the pictures that stand for pages where readers share them.

Networks and messengers read the address of the picture in the head of a page:
https://ogp.me/. See docs/adr/0026-social-cards-are-drawn-by-pillow.md.
"""
