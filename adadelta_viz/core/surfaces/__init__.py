"""The loss surfaces: one SymPy expression each, from which value, gradient and Hessian follow.

``catalogue.SURFACES`` lists the test surfaces by key, ``formula`` reads what visitors type, ``critical_points`` finds
where a gradient vanishes. Runs and figures call a surface with ``theta`` of shape ``(2, *batch)``.
"""
