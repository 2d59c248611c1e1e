"""Twelve claims about AdaDelta, each with an experiment that finds out and a verdict that follows from its numbers.

``CLAIMS`` lists them by key in the order in which a page shows them. A claim says what people say, names its controls
(``Parameter`` for a number, ``Choice`` for a few words), and does its experiment:

>>> claim = CLAIMS["rate"]
>>> list(claim.fields)
['eps', 'rho', 'slope']
>>> found = claim.finding(eps=1e-6)                 # controls that are not named take their defaults
>>> found.verdict, found.numbers["steps"]
('false', 193.0)
>>> found.sentence[:67]
'With ε = 10⁻⁶ it takes 193 steps to travel a distance of one down a'

``found.pictures`` are charts, as the input of ``figures.chart``, and tables. ``claim.progress(...)`` does the same
experiment piece by piece and yields how far it is, with what it found so far; all but the race have one piece. A link
carries the controls of a claim behind the claim's key, so that one link can carry them for all claims:

>>> card = Card(claim, {"eps": 1e-4})
>>> card.to_query()
{'rate.eps': '0.0001'}
>>> Card.from_query(claim, card.to_query()) == (card, ())
True

Laws are SymPy equations that are shown (``law.mathml``), evaluated (``law(eps=..., ...)``) and compared with the
simulation. To add a claim, write a module with a ``CLAIM`` and list it in ``catalogue.py``.
"""

from adadelta_viz.claims.catalogue import CLAIMS
from adadelta_viz.claims.claim import ABOUT, Card, Claim, Finding, Progress, Verdict
from adadelta_viz.claims.laws import Law
from adadelta_viz.claims.picture import Chart, Picture, Table

__all__ = [
    "ABOUT",
    "CLAIMS",
    "Card",
    "Chart",
    "Claim",
    "Finding",
    "Law",
    "Picture",
    "Progress",
    "Table",
    "Verdict",
]
