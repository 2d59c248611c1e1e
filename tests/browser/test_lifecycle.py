"""A player lives as long as its page: whoever goes to another page leaves nothing behind that moves or listens."""

from playwright.sync_api import expect

from adadelta_viz.server import assets
from tests.browser.page import button, comes_to, player
from tests.browser.visits import Visits, settled

ALIVE = f"import('/{assets.addresses('lifecycle.js')['module']}').then(({{countMounted}}) => countMounted())"
KEEP = """() => {
    window.left = document.querySelector('[data-testid=player]');
    window.graphs = [...left.querySelectorAll('.js-plotly-plot')];
}"""
LEFT = "[left.isConnected, left.dataset.playing, graphs.length > 1 && graphs.some((each) => '_fullLayout' in each)]"


def test_whoever_leaves_a_page_leaves_no_player_behind(open_page: Visits) -> None:
    page = open_page(reduced_motion=False)
    for name in ("Race", "Explore"):
        expect(player(page)).to_have_attribute("data-playing", "true")
        page.evaluate(KEEP)
        page.get_by_test_id("stSidebar").get_by_role("link", name=name, exact=True).click()
        comes_to(page, LEFT, [False, "false", False])
        settled(page)
        expect(button(page, "Last step")).to_be_visible()
        comes_to(page, ALIVE, 1)
