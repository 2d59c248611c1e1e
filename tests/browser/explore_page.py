"""What tests ask of the Explore page: which experiment it shows, by its picture, its address and its controls."""

from playwright.sync_api import Page

from adadelta_viz.experiments import Experiment
from tests.browser.page import comes_to, field, slider
from tests.browser.visits import played


def link(experiment: Experiment) -> str:
    """Return the part of the address that names an experiment."""
    query = experiment.to_query()
    return "?" + "&".join(f"{key}={value}" for key, value in query.items()) if query else ""


def shows(page: Page, experiment: Experiment) -> None:
    """Wait until picture and address are this experiment."""
    played(page, experiment)
    comes_to(page, "location.search", link(experiment))


def controls(page: Page) -> dict[str, str | None]:
    """Return what the controls show."""
    sliders = {name: slider(page, name).get_attribute("aria-valuetext") for name in ("ρ", "ε", "Steps")}
    fields = {name: field(page, name).input_value() for name in ("Start x", "Start y")}
    return sliders | fields | {"Surface": page.get_by_role("combobox", name="Surface").input_value()}
