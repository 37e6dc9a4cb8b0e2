"""The check of web addresses: whether they still lead to a page. Uses no database.

Editors enter addresses, and other servers redirect to more of them. So that no address
can make this machine connect to an internal one, connections are only opened to public
IP addresses: see ``public_addresses.py`` and ``client.py``.
"""
