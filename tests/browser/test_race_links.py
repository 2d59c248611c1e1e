"""The address of a race: for a friend, in the history, from presets, hostile; and what is taken home."""

import csv
import io
from pathlib import Path

import numpy as np
from playwright.sync_api import Download, Page, expect

from adadelta_viz.core import SURFACES
from adadelta_viz.experiments import Experiment
from adadelta_viz.experiments.presets import PRESETS
from adadelta_viz.experiments.race import DEFAULT_RUNS, Race
from adadelta_viz.player.race_payload import labels
from tests.browser.page import button, field, player
from tests.browser.race_page import landscapes, link, open_fold, radio, ranks, shows, standings, to_step, usual
from tests.browser.visits import Visits, played, settled

HOSTILE = {
    "run1": "adam",
    "run1.lr": "1e400",
    "run2": "<img src=x onerror=alert(1)>",
    "rates": "fast",
    "view": "3d",
    "tolerance": "nan",
    "surface": "../../etc",
}

SHARED = {"x0": 1.25, "y0": -2, "steps": 120, "noise": 0.2, "seed": 42}
FRIEND = Race(
    (
        Experiment("himmelblau", "adadelta", {**SHARED, "rho": 0.8, "eps": 3e-4}),
        Experiment("himmelblau", "momentum", {**SHARED, "lr": 0.002, "momentum": 0.7}),
        Experiment("himmelblau", "adam", {**SHARED, "lr": 0.03, "beta1": 0.5}),
    ),
    rates="tuned",
    tolerance=0.5,
    view="grid",
)


def controls(page: Page) -> list[tuple[str, str]]:
    """Return what the controls show, each by its name; those of a run only if its fold is open."""
    inputs: list[list[str]] = (
        page.get_by_test_id("stSidebar")
        .locator("input")
        .evaluate_all("(nodes) => nodes.map((node) => [node.ariaLabel, node.ariaValueText ?? node.value])")
    )
    switches = page.get_by_role("radiogroup").filter(has_not=page.locator(".av-root")).all()
    chosen = [(each.get_attribute("aria-label"), each.get_by_role("radio", checked=True)) for each in switches]
    return [(name, text) for name, text in inputs] + [(name or "", node.inner_text()) for name, node in chosen]


def open_conditions(page: Page) -> None:
    """Open the fold with the noise and its seed."""
    settled(page)
    page.get_by_test_id("stSidebar").get_by_text("Noise and seed").click()
    expect(field(page, "Seed")).to_be_visible()
    settled(page)


def test_a_link_gives_a_friend_the_same_race_and_history_walks_through_its_changes(open_page: Visits) -> None:
    page = open_page("race", FRIEND.to_query())
    shows(page, FRIEND)
    expect(landscapes(page)).to_have_count(3)
    open_conditions(page)
    seen = controls(page)
    shared = {"Surface": "Himmelblau", "Start x": "1.250", "Start y": "-2.000", "Steps": "120", "Seed": "42"}
    own = {"Tolerance": "0.5", "Gradient noise": "0.2", "View": "Side by side", "Learning rates": "Tuned"}
    assert set((shared | own).items()) <= set(seen)
    page.get_by_role("button", name="Add a run").click()
    sgd = Experiment("himmelblau", "sgd", SHARED)
    four = Race((*FRIEND.runs, sgd), FRIEND.rates, FRIEND.tolerance, FRIEND.view)
    shows(page, four)
    page.go_back()
    shows(page, FRIEND)
    settled(page)
    assert controls(page) == seen
    page.go_forward()
    shows(page, four)
    other = open_page("race", link(FRIEND)[1:])
    shows(other, FRIEND)
    open_conditions(other)
    assert controls(other) == seen
    ranks(other, FRIEND, standings(FRIEND))
    for place, title, texts in (
        (1, "AdaDelta", ["0.800", "0.0003", "1"]),
        (2, "Momentum", ["0.002", "0.700"]),
        (3, "Adam", ["0.03", "0.500", "0.999", "10⁻⁸"]),
    ):
        fold = open_fold(other, place)
        expect(fold.get_by_role("combobox", name="Optimizer")).to_have_value(title)
        sliders = fold.get_by_role("slider").all()
        assert [each.get_attribute("aria-valuetext") for each in sliders] == texts


def test_a_bad_link_gives_a_race_and_one_notice_in_plain_text(open_page: Visits) -> None:
    page = open_page("race", HOSTILE)
    shows(page, usual(keys=("adam", "adadelta")))
    notice = page.locator(".st-key-notice")
    expect(notice).to_have_count(1)
    expect(notice).to_contain_text("“<img src=x onerror=alert(1)>”")
    for name in ("run1.lr", "run2", "rates", "view", "tolerance", "surface"):
        expect(notice).to_contain_text(f"{name} must be ")
    expect(page.locator("img[src=x]")).to_have_count(0)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    radio(page, "Side by side").click()
    expect(landscapes(page)).to_have_count(2)
    expect(notice).to_have_count(0)


def test_surface_and_start_come_along_from_explore_presets_open_in_the_same_tab_and_back_leads_out_again(
    open_page: Visits,
) -> None:
    (saddle,) = (preset for preset in PRESETS if preset.key == "saddle")
    page = open_page(query={"surface": "beale", "x0": "0.5", "steps": "200", "rho": "0.9"})
    explored = Experiment("beale", numbers={"x0": 0.5, "steps": 200, "rho": 0.9})
    played(page, explored)
    page.get_by_role("link", name="Race", exact=True).click()
    shows(page, usual("beale", x0=0.5, steps=200))
    page.get_by_role("button", name="Add a run").click()
    five = usual("beale", (*DEFAULT_RUNS, "sgd"), x0=0.5, steps=200)
    shows(page, five)
    for preset in PRESETS:
        expect(page.get_by_test_id("stMain")).to_contain_text(preset.sentence)
    page.get_by_role("link", name=saddle.title).click()
    shows(page, saddle.race)
    assert len(page.context.pages) == 1
    expect(page.get_by_role("combobox", name="Surface")).to_have_value(SURFACES["saddle"].title)
    expect(page.get_by_text(saddle.sentence)).to_be_visible()
    settled(page)
    page.go_back()
    shows(page, five)
    expect(page.get_by_role("combobox", name="Surface")).to_have_value("Beale")
    settled(page)
    page.get_by_role("link", name="Explore", exact=True).click()
    played(page, explored)


def contents(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


def test_programs_and_numbers_can_be_taken_home(open_page: Visits) -> None:
    race = usual(keys=("adadelta", "lion"), steps=50)
    page = open_page("race", race.to_query())
    shows(page, race)
    takeaway = page.get_by_test_id("stMain").get_by_test_id("stExpander")
    takeaway.get_by_text("Code to take home").click()
    expect(takeaway.get_by_test_id("stCode")).to_contain_text("import numpy as np")
    radio(page, "PyTorch").click()
    expect(takeaway.get_by_test_id("stCode")).to_contain_text("torch.optim.Adadelta([theta], lr=1.0")
    runs = page.get_by_role("radiogroup", name="Run")
    for place, name in ((0, "AdaDelta"), (1, "Lion")):
        runs.get_by_role("radio", name=name).click()
        expect(takeaway.get_by_test_id("stCode")).to_have_count(1 - place)
        settled(page)
        with page.expect_download() as waiting:
            takeaway.get_by_role("button", name="CSV").click()
        assert waiting.value.suggested_filename == f"rosenbrock-{race.runs[place].optimizer}.csv"
        rows = list(csv.DictReader(io.StringIO(contents(waiting.value).decode())))
        assert len(rows) == 51
        run = race.runs[place].run()
        np.testing.assert_array_equal([float(row["theta_x"]) for row in rows], run.theta[:, 0])
    expect(takeaway.get_by_test_id("stText")).to_have_text("PyTorch has no Lion.")
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_pictures_and_the_link_can_be_taken_home(open_page: Visits) -> None:
    race = usual()
    page = open_page("race")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    shows(page, race)
    to_step(page, 400)
    with page.expect_download() as waiting:
        button(page, "PNG").click()
    assert waiting.value.suggested_filename == "adadelta-laboratory-rosenbrock.png"
    picture = contents(waiting.value)
    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
    assert len(picture) > 50_000
    radio(page, "Side by side").click()
    expect(landscapes(page)).to_have_count(4)
    shows(page, Race(race.runs, view="grid"))
    for view in ("grid", "overlay"):
        if view == "overlay":
            radio(page, "One landscape").click()
            shows(page, race)
        with page.expect_download() as waiting:
            button(page, "SVG").click()
        assert waiting.value.suggested_filename == "adadelta-laboratory-rosenbrock.svg"
        drawing = contents(waiting.value).decode()
        assert drawing.startswith("<svg")
        for text in (*labels(race.runs), "step 400 of 900", "the same for all"):
            assert text in drawing, f"{view}: {text}"
    button(page, "Copy link").click()
    expect(player(page).get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
