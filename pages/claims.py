"""Claims: what people say about AdaDelta, what the visitor thinks of it, and what the numbers say."""

import streamlit as st

from adadelta_viz.views import claims_view, url_state
from adadelta_viz.views.claim_state import Asked

url_state.read("claims", Asked.from_query, claims_view.claim_values)
with st.sidebar:
    asked = claims_view.claim_menu()
url_state.write("claims", asked, shares=False)

url_state.show_notice()
st.markdown(":gray[What people say about AdaDelta. Guess first, then let an experiment decide.]")
claims_view.claim_heading(asked)
if asked.guess:
    claims_view.claim_result(asked)
else:
    claims_view.guess_question(asked)
claims_view.onward_links(asked.card.claim)
