"""Whether the addresses on our pages still lead somewhere. Knows no database.

Addresses come from whoever may edit, and from servers that redirect. So no connection
is ever opened to an address that is not public: see ``public_addresses.py`` and
``client.py``.
"""
