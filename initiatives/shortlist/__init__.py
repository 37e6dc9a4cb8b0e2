"""The shortlist: cases, findings and works that a reader keeps, without an account.

It is in a cookie, which has only ids. On demand it is stored behind two private links;
see ``casebase/kept/``.
"""
