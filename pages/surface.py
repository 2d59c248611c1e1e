"""Your surface: a formula as one writes it becomes a surface like any other; its slope, curvature and level points."""

from functools import partial

import streamlit as st

from adadelta_viz.experiments import Experiment
from adadelta_viz.views import formula_view, player_view, prose, url_state, widgets

url_state.read("surface", partial(Experiment.from_query, optimizers=["adadelta"]), formula_view.formula_values)
with st.sidebar:
    experiment = formula_view.window_and_point_fields()
url_state.write("surface", experiment)
surface = experiment.loss_surface

url_state.show_notice()
st.title("Type a function of x and y: it becomes a surface like any other.", anchor=False)
st.markdown(":gray[Try x^4 - 2x^2 + y^2, then click between the valleys: which way does f curve there?]")
formula_view.formula_field()
st.markdown(prose.surface(surface))

terrain, told = st.columns([3, 2], gap="large")
with terrain:
    player_view.show_curvature_map(surface, experiment.start, widgets.move_start)
with told:
    formula_view.links_with_surface(experiment)
    st.subheader("At the point", anchor=False)
    st.markdown(prose.at_point(surface, experiment.start))
    st.subheader("Stationary points in the window", anchor=False)
    st.markdown(prose.stationary_points(player_view.rest_points(surface)))

with st.expander("Gradient and Hessian, by SymPy", expanded=True):
    st.markdown(prose.derivatives(surface))
formula_view.formula_examples()
