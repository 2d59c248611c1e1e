"""Your surface: a formula as one writes it becomes a surface like any other; its slope, curvature and level points."""

from functools import partial

import streamlit as st

from adadelta_viz.core import Experiment
from adadelta_viz.ui import address, controls, own, prose, stage

address.read("surface", partial(Experiment.from_query, optimizers=["adadelta"]), own.of_own)
with st.sidebar:
    experiment = own.window_and_point()
address.write("surface", experiment)
surface = experiment.loss_surface

address.notice()
st.title("Type a function of x and y: it becomes a surface like any other.", anchor=False)
st.markdown(":gray[Try x^4 - 2x^2 + y^2, then click between the valleys: which way does f curve there?]")
own.field()
st.markdown(prose.surface(surface))

terrain, told = st.columns([3, 2], gap="large")
with terrain:
    stage.terrain(surface, experiment.start, controls.move_start)
with told:
    own.elsewhere(experiment)
    st.subheader("At the point", anchor=False)
    st.markdown(prose.at_point(surface, experiment.start))
    st.subheader("Stationary points in the window", anchor=False)
    st.markdown(prose.stationary_points(stage.rest_points(surface)))

with st.expander("Gradient and Hessian, by SymPy"):
    st.markdown(prose.derivatives(surface))
own.examples()
