def render_slides(document): return b""
