"""What the network is asked: the cue where it belongs to what is said, and no names."""

import pytest

from config.network import FOLDER, WORDS
from extractors.escalation.classifier import ClassifyInput, read_bare
from extractors.escalation.grammar.statement import Reading
from extractors.escalation.labelling import read_statement
from extractors.escalation.network.asking import question_of, tokens_of
from extractors.escalation.network.masking import PARTS
from extractors.escalation.network.opinion import Question
from extractors.language.parsing import ParsedParagraph
from extractors.model import Attribution, Form, Span, Speaker, Statement
from tests.extractors.escalation.labelling import Labeller

TEXT = (
    "The cabinet in Lima declined to rule out sending mortars. “We have mortars,” Ana Ruiz said, “and we have time.” "
    "Officials said on Monday that the road was closed."
)
CABINET = Speaker(text="The cabinet in Lima", role="cabinet", country="PER")
RUIZ = Speaker(text="Ana Ruiz", name="Ana Ruiz")
ORDINARY = frozenset((FOLDER / WORDS).read_text(encoding="utf-8").split())


def span_of(words: str) -> Span:
    return Span(TEXT.index(words), TEXT.index(words) + len(words))


def reading(labeller: Labeller, contents: list[str], cue: str, form: Form, speaker: Speaker) -> Reading:
    spans = tuple(span_of(one) for one in contents)
    attribution = Attribution(0, spans, form, span_of(cue), cue.split(maxsplit=1)[0], None, None)
    paragraph = ParsedParagraph(labeller.language(TEXT), 0)
    return read_statement(Statement(0, " ".join(contents), attribution, speaker), [paragraph], labeller.lexicon)


def asked(labeller: Labeller, text: str, speaker: str | None = None) -> Question:
    """Return what is asked about a bare statement."""
    item = ClassifyInput("", text, speaker)
    return question_of(read_bare(item, labeller.language(text), labeller.lexicon), ORDINARY)


def test_a_cue_that_says_more_than_said_is_asked_with_its_subject(labeller: Labeller) -> None:
    """The refusal lies in the cue; the capital is the speaker's own side."""
    one = question_of(reading(labeller, ["sending mortars"], "rule out", "indirect", CABINET), ORDINARY)
    assert one.text == "The cabinet in Ownia declined to rule out sending mortars"
    assert one.speaker == "cabinet of Ownia"


def test_a_quote_is_asked_in_its_own_words(labeller: Labeller) -> None:
    """A plain "said" adds nothing; a speaker of whom only the name is known is nobody in particular."""
    one = question_of(reading(labeller, ["We have mortars", "and we have time"], "said", "direct", RUIZ), ORDINARY)
    assert (one.speaker, one.text) == ("", "We have mortars and we have time")


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        (
            "The defence minister of Peru said that Peru would strike Chile's air bases.",
            "The defence minister of Ownia said that Ownia would strike Alphia's air bases",
        ),
        ("Any Chilean strike on Lima will be answered.", "Any Alphia strike on Betia will be answered"),
        ("The Chileans and Chile's army must leave.", "The Alphia and Alphia's army must leave"),
        ("We will sink the Esperanza off Port Azul.", "We will sink the Namea off Port Nameb"),
        ("Jang Kwang-ho warned Ruiz, and Ruiz left.", "Ownname warned Namea, and Namea left"),
        ("The fleet of al-Masri will burn on Monday.", "The fleet of Namea will burn on Monday"),
        ("The Foreign Ministry met a Supreme Court judge.", "The Foreign Ministry met a Supreme Court judge"),
    ],
)  # fmt: skip
def test_names_become_parts(labeller: Labeller, text: str, masked: str) -> None:
    """Countries, peoples and capitals are sides; persons, ships and towns are names; offices and months stay."""
    assert asked(labeller, text).text == masked


@pytest.mark.parametrize(
    ("speaker", "described"),
    [
        ("Peruvian defence minister Ana Ruiz", "defence minister of Ownia"),
        ("the president of Chile", "president of Ownia"),
        ("Ana Ruiz", ""),
        ("Moscow", "Ownia"),
        ("United Nations special envoy for Yemen", "united nations special envoy of Ownia"),
    ],
)
def test_a_speaker_is_asked_for_by_his_office(labeller: Labeller, speaker: str, described: str) -> None:
    """Whoever holds it, and of whatever country."""
    assert asked(labeller, "We have mortars.", speaker).speaker == described


def test_names_nobody_knows_change_nothing(labeller: Labeller) -> None:
    """A person or a town that no list holds is masked like one that all lists hold."""
    frame = "{} warned that the camp at {} would be shelled."
    first, *others = [
        asked(labeller, frame.format(*pair), "army spokesman")
        for pair in [("Vladimir Putin", "Kharkiv"), ("Obregon Quillfeather", "Zzyzx"), ("Hezbollah", "Umm Rashrash")]
    ]
    assert others == [first, first]


def test_parts_are_single_words_of_the_network(judge: Labeller) -> None:
    """What masking writes, the tokenizer knows whole."""
    network = judge.lexicon.network
    assert network is not None
    assert all(network.knows(part) for part in PARTS)


@pytest.mark.parametrize(
    ("contents", "cue", "form"),
    [
        (["sending mortars"], "rule out", "indirect"),
        (["We have mortars", "and we have time"], "said,", "direct"),
        (["the road was closed"], "said on", "indirect"),
    ],
)
def test_every_word_of_the_question_is_found_again(
    labeller: Labeller, contents: list[str], cue: str, form: Form
) -> None:
    """A stretch of the masked text leads to the words it stands for."""
    one = reading(labeller, contents, cue, form, RUIZ)
    text = question_of(one, ORDINARY).text
    at = 0
    for index in tokens_of(one, Span(0, len(text)), ORDINARY):
        word = "Alphia" if index in (one.places or {}) else one.words.quote(index, index)
        at = text.index(word, at)
        assert tokens_of(one, Span(at, at + len(word)), ORDINARY) == (index,)
        at += len(word)
    assert at == len(text)
