"""Cases like mine: how close public cases are to a description or to another case.

The page */about/similar/* explains the measure to readers.
"""
