"""Theory: from gradient descent to AdaDelta, one idea at a time, in the paper's own order."""

import streamlit as st

from adadelta_viz.theory import Reading
from adadelta_viz.views import theory_view, url_state

url_state.read("theory", Reading.from_query, theory_view.reading_values)

url_state.show_notice()
st.title("From gradient descent to AdaDelta, one idea at a time.", anchor=False)
st.markdown(
    ":gray[Open a section, read it beside its figure, and move the control until the text tells something else.]"
)
section = theory_view.contents_switch()
left, right = st.columns(2, gap="large")
with right:
    reading = theory_view.section_controls(section)
url_state.write("theory", reading, shares=reading.entry.anywhere)

opened, message = theory_view.opened_section(reading)
with left:
    theory_view.section_text(reading.entry, opened)
with right:
    theory_view.section_figure(reading, opened.figure, message)
theory_view.section_links(opened.links)
theory_view.neighbour_links(section)
theory_view.glossary_and_references()
