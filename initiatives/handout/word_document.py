def render_word_document(document): return b""
