"""Claims: what people say about AdaDelta, what the visitor thinks of it, and what the numbers say."""

import streamlit as st

from adadelta_viz.ui import address, cards
from adadelta_viz.ui.asked import Asked

address.read("claims", Asked.from_query, cards.of_asked)
with st.sidebar:
    asked = cards.choose()
address.write("claims", asked, shares=False)

address.notice()
st.markdown(":gray[What people say about AdaDelta. Guess first, then let an experiment decide.]")
cards.head(asked)
if asked.guess:
    cards.answer(asked)
else:
    cards.question(asked)
cards.onward(asked.card.claim)
