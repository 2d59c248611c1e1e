"""What came after: the family from gradient descent on, and what each method changed."""

from adadelta_viz.core import OPTIMIZERS
from adadelta_viz.theory.family import FAMILY, race
from adadelta_viz.theory.markup import paragraph
from adadelta_viz.theory.section import Chosen, Drawing, Link, Opened, Section
from adadelta_viz.theory.tree import drawn

YEARS = FAMILY["d-adaptation"].year - FAMILY["adadelta"].year


def show(chosen: Chosen) -> Opened:  # noqa: ARG001  # nothing to choose here
    """Show the family, and a race for each member that the laboratory runs."""
    told = "".join(
        f"<dt>{member.title} <span>{member.year}</span></dt><dd>{member.sentence}</dd>"
        for key, member in FAMILY.items()
        if key not in OPTIMIZERS
    )
    text = (
        paragraph(
            "AdaDelta and RMSprop share the [[window]]. Adam put Momentum on top of RMSprop, with a "
            "[[bias-correction]], and brought the [[learning-rate]] back. Most of what followed mends Adam."
        ),
        paragraph(
            f"The wish to have no rate to choose came back {YEARS} years later, with other means. These are told "
            "after their papers; the laboratory does not run them:"
        ),
        f'<dl class="av-newer">{told}</dl>',
    )
    links = tuple(
        Link(f"{member.title} · {member.year}", "race", race(key).to_query(), member.sentence)
        for key, member in FAMILY.items()
        if key in OPTIMIZERS
    )
    return Opened(text, Drawing(drawn(FAMILY)), links)


SECTION = Section(
    "after",
    "What came after",
    "What came after",
    "After the paper",
    "Race any of them against AdaDelta by its link below.",
    show,
)
