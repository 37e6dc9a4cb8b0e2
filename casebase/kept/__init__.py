"""What readers keep without an account: lists and plans behind two private links.

It knows no subject: what is kept is JSON in sections, which those who keep it check.
Good practice for such links: https://www.w3.org/TR/capability-urls/
"""
