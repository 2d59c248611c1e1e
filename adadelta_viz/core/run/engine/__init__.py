"""The loops that step rules: ``single`` for one run on plain numbers, ``batch`` for many on arrays.

``run.descend`` calls them. A batch traces its rule once (``trace``) and replays it in place (``replay``); ``reducers``
keep what is asked of each run. Both loops give the same numbers, digit for digit.
"""
