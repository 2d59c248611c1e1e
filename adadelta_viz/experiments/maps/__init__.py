"""Maps: thousands of runs of one experiment, with other hyperparameters or from other starts.

``sensitivity`` and ``curves`` vary hyperparameters, ``basins`` the start. Each is cut into ``tiles`` that can be
computed anywhere, and put together again; ``map_request`` is what a page shows and a link names.
"""
