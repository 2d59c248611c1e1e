"""Claims: what people say about AdaDelta, what the visitor thinks of it, and what the numbers say."""

import streamlit as st

from adadelta_viz.views import claims_view, url_state
from adadelta_viz.views.claim_state import Asked

url_state.read("claims", Asked.from_query, claims_view.of_asked)
with st.sidebar:
    asked = claims_view.choose()
url_state.write("claims", asked, shares=False)

url_state.notice()
st.markdown(":gray[What people say about AdaDelta. Guess first, then let an experiment decide.]")
claims_view.head(asked)
if asked.guess:
    claims_view.answer(asked)
else:
    claims_view.question(asked)
claims_view.onward(asked.card.claim)
