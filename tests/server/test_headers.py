"""The policy of the pages, and that a typing error in the settings cannot weaken it."""

import pytest

from adadelta_viz.server import assets
from adadelta_viz.server.headers import FRAME_ANCESTORS, digest, frame_ancestors, headers, inline_scripts


def directives(told: dict[str, str]) -> dict[str, list[str]]:
    parts = [part.split() for part in told["content-security-policy"].split(";")]
    return {name: sources for name, *sources in parts}


POLICY = directives(headers(assets.tags(), {}))


def test_code_comes_from_the_server_alone_or_is_known_by_its_hash() -> None:
    assert POLICY["default-src"] == ["'none'"]
    assert {source for source in POLICY["script-src"] if "sha256" not in source} == {"'self'", "blob:"}
    ours = inline_scripts(assets.tags())
    assert {f"'sha256-{digest(script)}'" for script in ours} < set(POLICY["script-src"])
    assert len(POLICY["script-src"]) == 2 + len(ours) + 1, "Streamlit's own inline script, and ours"


def test_nothing_goes_anywhere_else() -> None:
    assert POLICY["connect-src"] == POLICY["manifest-src"] == ["'self'"]
    assert POLICY["form-action"] == POLICY["base-uri"] == ["'none'"]
    anywhere = [source for sources in POLICY.values() for source in sources if "http" in source or "*" in source]
    assert anywhere == []


def test_a_hash_is_what_browsers_compute() -> None:
    assert digest("alert(1)") == "bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI="


@pytest.mark.parametrize(
    ("page", "scripts"),
    [
        ("<SCRIPT type='module'>\na()\n</SCRIPT>", ["\na()\n"]),
        ("<script src=a.js></script><script\nasync src='b.js'></script>", []),
        ("<script data-x=1>a</script><p><script>b</script>", ["a", "b"]),
    ],
)
def test_every_script_in_the_text_is_found_and_none_with_an_address(page: str, scripts: list[str]) -> None:
    assert inline_scripts(page) == scripts


def test_sites_that_may_embed_are_added_to_the_laboratory_itself() -> None:
    told = headers("", {FRAME_ANCESTORS: " https://moodle.school.example  http://localhost:8000 "})
    assert directives(told)["frame-ancestors"] == ["'self'", "https://moodle.school.example", "http://localhost:8000"]


@pytest.mark.parametrize(
    "site",
    ["*", "https:", "moodle.school.example", "https://a;script-src *", "https://a,b", "https://a\r\nx:", "'none'"],
)
def test_a_site_that_is_none_stops_the_start(site: str) -> None:
    with pytest.raises(ValueError, match=f"{FRAME_ANCESTORS} must hold addresses such as"):
        frame_ancestors(f"https://fine.example {site}")
