from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from adadelta_viz.experiments.presets import PRESETS
from adadelta_viz.experiments.race import Race
from adadelta_viz.views.preset_list import listed


class Links(HTMLParser):
    """Collects the links of a page with all the text that follows each."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[dict[str, str | None]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self.found.append({**dict(attrs), "text": ""})

    def handle_data(self, data: str) -> None:
        self.found[-1]["text"] = f"{self.found[-1]['text']}{data}"


def test_every_preset_has_a_link_that_is_its_race_and_says_what_it_shows() -> None:
    links = Links(listed(PRESETS)).found
    for link, preset in zip(links, PRESETS, strict=True):
        path, query = urlsplit(link["href"] or "")[2:4]
        assert path == "race"
        assert Race.from_query(dict(parse_qsl(str(query)))) == (preset.race, ())
        assert link["data-key"] == preset.key
        assert link["text"] == preset.title + preset.sentence
