"""Maps: points on base maps of Natural Earth, drawn as SVG without a script.

It knows nothing of the records that the points belong to. ``docs/maps.md`` tells where
the base maps come from, how they are made and how points become markers.
"""
