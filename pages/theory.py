"""Theory: from gradient descent to AdaDelta, one idea at a time, in the paper's own order."""

import streamlit as st

from adadelta_viz.theory import Reading
from adadelta_viz.ui import address, essay

address.read("theory", Reading.from_query, essay.of_reading)

address.notice()
st.title("From gradient descent to AdaDelta, one idea at a time.", anchor=False)
st.markdown(
    ":gray[Open a section, read it beside its figure, and move the control until the text tells something else.]"
)
section = essay.contents()
left, right = st.columns(2, gap="large")
with right:
    reading = essay.choose(section)
address.write("theory", reading, shares=reading.entry.anywhere)

opened, message = essay.opened(reading)
with left:
    essay.words(reading.entry, opened)
with right:
    essay.figure(reading, opened.figure, message)
essay.ways(opened.links)
essay.turning(section)
essay.appendix()
