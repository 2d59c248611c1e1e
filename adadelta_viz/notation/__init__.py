"""How things are written: numbers for the screen, equations as MathML, experiments as programs to take home.

Figures, claims, theory and views call it; text comes back.
"""
