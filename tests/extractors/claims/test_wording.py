import pytest

from extractors.claims import Shown, shown_words
from extractors.model import Attribution, Form, Span


def attributed(text: str, *parts: str, form: Form, cue: str | None = None, cue_class: str | None = None) -> Attribution:
    """Return the attribution of parts of a text."""
    spans = tuple(Span(text.index(part), text.index(part) + len(part)) for part in parts)
    place = Span(text.index(cue), text.index(cue) + len(cue)) if cue else None
    return Attribution(0, spans, form, place, cue, cue_class, None)


def test_what_stands_between_two_quoted_parts_becomes_an_ellipsis() -> None:
    text = "“We will answer,” the envoy said at noon. “The bridge stays shut.”"
    found = attributed(text, "We will answer,", "The bridge stays shut.", form="direct", cue="said", cue_class="report")
    assert shown_words(text, found) == Shown("We will answer … The bridge stays shut.", "direct")


@pytest.mark.parametrize(
    ("text", "part", "form", "cue", "cue_class", "expected"),
    [
        (
            "Kovania called the landing “an act of piracy”.", "an act of piracy", "direct", "called", "describe",
            Shown("the landing “an act of piracy”", "mixed"),
        ),
        (
            "Kovania accused Marenia of “sheltering gunmen”.", "of “sheltering gunmen”", "mixed", "accused", "accuse",
            Shown("Marenia of “sheltering gunmen”", "mixed"),
        ),
        (
            "Kovania urged its neighbour to leave the strait.", "to leave the strait", "indirect", "urged", "urge",
            Shown("its neighbour to leave the strait", "indirect"),
        ),
    ],
)  # fmt: skip
def test_whom_a_fragment_is_about_stays_outside_the_marks(
    text: str, part: str, form: Form, cue: str, cue_class: str, expected: Shown
) -> None:
    """Called X "Y" keeps X, accused X of "Y" too, and a paraphrase gets no marks."""
    assert shown_words(text, attributed(text, part, form=form, cue=cue, cue_class=cue_class)) == expected


def test_to_whom_and_where_it_was_told_is_no_part_of_the_words() -> None:
    text = "He told reporters in the port on Monday “we shall not wait.” He said: “We are ready.”"
    told = attributed(text, "we shall not wait.", form="direct", cue="told", cue_class="report")
    assert shown_words(text, told) == Shown("we shall not wait.", "direct")
    text = "She warned the islanders on Monday that the port would close."
    clause = attributed(text, "the port would close", form="indirect", cue="warned", cue_class="warn")
    assert shown_words(text, clause) == Shown("the port would close", "indirect")
    text = "She condemned, in a letter to the council, “the worst raid in years”."
    apart = attributed(text, "the worst raid in years", form="direct", cue="condemned", cue_class="condemn")
    assert shown_words(text, apart) == Shown("the worst raid in years", "direct")


@pytest.mark.parametrize(
    ("text", "part", "form", "expected"),
    [
        ("“They call it a ‘drill’ now,” she said.", "They call it a ‘drill’ now,", "direct",
         Shown("They call it a ‘drill’ now", "direct")),
        ("“They call it a “drill” now,” she said.", "They call it a “drill” now,", "direct",
         Shown("They call it a ‘drill’ now", "direct")),
        ("Marenia “was always a friend of peace”, she said.", "Marenia “was always a friend of peace", "direct",
         Shown("Marenia “was always a friend of peace", "mixed")),
        ("“Any landing” will be met with fire, she said.", "Any landing” will be met with fire", "mixed",
         Shown("“Any landing” will be met with fire", "mixed")),
        ("Peace is near, she said.", "Peace is near", "indirect", Shown("Peace is near", "indirect")),
    ],
)  # fmt: skip
def test_marks_stand_around_quoted_words_alone(text: str, part: str, form: Form, expected: Shown) -> None:
    """A quote inside a quote gets single marks; words that hold a quote are not all of them quoted."""
    assert shown_words(text, attributed(text, part, form=form, cue="said", cue_class="report")) == expected
