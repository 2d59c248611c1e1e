"""Every key of Streamlit's session state that the views read or write, declared once.

A widget that shows a field of a link bears the field's name, with a prefix where several can be open at once. What only
the server remembers has a name with a space, which no field has. Containers that are named for their style alone, and
buttons, are not here.
"""

from typing import Final

# fields that all pages with a surface share
SURFACE: Final = "surface"
START: Final = ("x0", "y0")
FORMULA: Final = "f"

# a race, and the runs of maps
RUN_COUNT: Final = "runs"
RATES: Final = "rates"
VIEW: Final = "view"

# maps
MAP_KIND: Final = "maps kind"
MAP_MEASURE: Final = "maps measure"
MAP_SHOWS: Final = "maps shows"
MAP_OVER: Final = "maps over"
MAP_SIZE: Final = "maps size"

# claims and theory
CLAIM: Final = "claim"
SECTION: Final = "section"

# components that report what a visitor did inside them
PLAYER: Final = "player"
CURVATURE_MAP: Final = "terrain"
MAPS: Final = "maps"
PRESETS: Final = "presets"
VERDICT: Final = "verdict"
SECTION_CHANGE: Final = "turn"

# what only the server remembers of a visitor
URL_SHOWN: Final = "url shown"
"""The page and the query that the controls show: what differs was changed by the browser."""
LAST_QUERIES: Final = "last queries"
"""By page the query with which the visitor left it."""
SHARED_QUERY: Final = "shared query"
"""Surface, start and conditions, which go along from page to page."""
NOTICE: Final = "notice text"
"""What is to be said once at the top of the page."""
OWN_FORMULA: Final = "own formula"
"""The name of the visitor's formula: it stays in the menu whatever is chosen."""
REFUSED_FORMULA: Final = "refused formula"
"""What was typed and could not be read, and why."""
BROWSER_VALUES: Final = "browser values"
"""What a browser that outlived its server said of its controls."""
GUESS_COMMITTED: Final = "guess committed"
"""The claim whose guess was made by this very click: the focus goes to its verdict."""
GUESSES: Final = "guesses made"
"""By claim whether the visitor's guess was right."""
READINGS: Final = "last readings"
"""By section of the theory how the visitor left its controls."""
SECTION_SET: Final = "section whose controls are set"
"""The section that the controls on the page belong to."""


def run(number: int) -> str:
    """Return the key of a run's optimizer, the first run being number 1."""
    return f"run{number}"


def run_number(number: int, name: str) -> str:
    """Return the key of one hyperparameter of a run."""
    return f"{run(number)}.{name}"


def run_fold(number: int) -> str:
    """Return the key of the fold under which the controls of a run are."""
    return f"{run(number)} fold"


def claim_value(claim: str, name: str) -> str:
    """Return the key of a control of a claim."""
    return f"{claim}.{name}"


def guess(claim: str) -> str:
    """Return the key of what the visitor thinks of a claim."""
    return f"{claim}.guess"


def guess_control(claim: str) -> str:
    """Return the key of the control in which a guess is made."""
    return f"{claim}.think"


def section_value(section: str, name: str) -> str:
    """Return the key of a control of a section; the start is the same wherever it is set."""
    return name if name in START else f"{section}.{name}"
