"""Maps: what always happens, where a single path tells what happened once.

Thousands of runs of one experiment, each with other hyperparameters (``sensitivity``, ``curves``) or another start
(``basins``), cut into ``pieces`` that can be computed anywhere and put together again; ``views`` is what a page shows.
"""
