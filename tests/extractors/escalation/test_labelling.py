"""Statements of an article: offsets, cue and content, evidence, what else was considered."""

from collections.abc import Sequence

from spacy.language import Language

from extractors.escalation import label
from extractors.escalation.lexicon import EscalationLexicon
from extractors.language.parsing import ParsedParagraph, parse_paragraphs
from extractors.model import Attribution, Escalation, Form, Span, Speaker, Statement

TEXT = (
    "Rain fell on the border town.\n\n"
    "“If their patrols cross the river, we will respond,” General Ato Bane said on Monday. "
    "The ministry demanded the immediate withdrawal of Chadian troops and denied that its jets had bombed a village."
)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def statement(words: str, cue: str, lemma: str, speaker: Speaker, form: Form = "indirect") -> Statement:
    attribution = Attribution(1, (span_of(TEXT, words),), form, span_of(TEXT, cue), lemma, None, None)
    return Statement(0, words, attribution, speaker)


def paragraphs(language: Language) -> Sequence[ParsedParagraph]:
    cut = TEXT.index("\n\n")
    return tuple(parse_paragraphs(language, TEXT, [Span(0, cut), Span(cut + 2, len(TEXT))]))


def labelled(language: Language, lexicon: EscalationLexicon, one: Statement) -> Escalation:
    return label(one, paragraphs(language), lexicon)


GENERAL = Speaker(text="General Ato Bane", name="Ato Bane", role="General", country="SDN")
MINISTRY = Speaker(text="The ministry", name="Ministry of Foreign Affairs of Sudan", country="SDN")


def test_a_quote_is_labelled_with_its_speakers_rank_and_condition(
    language: Language, lexicon: EscalationLexicon
) -> None:
    quote = statement("If their patrols cross the river, we will respond,", "said", "say", GENERAL, "direct")
    got = labelled(language, lexicon, quote)
    assert (got.category, got.severity, got.conditional) == ("THREAT_UNSPEC", 4, True)
    assert {"label", "raise", "condition"} <= {one.effect for one in got.evidence}


def test_the_cue_gives_the_act_its_force(language: Language, lexicon: EscalationLexicon) -> None:
    demand = statement("the immediate withdrawal of Chadian troops", "demanded", "demand", MINISTRY)
    got = labelled(language, lexicon, demand)
    assert (got.category, got.severity) == ("DEMAND", 3)


def test_denied_content_never_sets_the_label(language: Language, lexicon: EscalationLexicon) -> None:
    denial = statement("its jets had bombed a village", "denied", "deny", MINISTRY)
    assert labelled(language, lexicon, denial).category == "DENIAL"


def test_evidence_names_words_where_they_stand_in_the_article(language: Language, lexicon: EscalationLexicon) -> None:
    quote = statement("If their patrols cross the river, we will respond,", "said", "say", GENERAL, "direct")
    found = [one for one in labelled(language, lexicon, quote).evidence if one.span is not None]
    assert found
    assert all(one.span is not None and one.span.of(TEXT) == one.words for one in found)


def test_a_cache_of_paragraphs_changes_nothing(language: Language, lexicon: EscalationLexicon) -> None:
    demand = statement("the immediate withdrawal of Chadian troops", "demanded", "demand", MINISTRY)
    parsed = paragraphs(language)
    assert label(demand, parsed, lexicon, cache={}) == label(demand, parsed, lexicon)


def test_media_as_a_kind_of_actor_assesses(language: Language, lexicon: EscalationLexicon) -> None:
    quote = statement("If their patrols cross the river, we will respond,", "said", "say", GENERAL, "direct")
    assert label(quote, paragraphs(language), lexicon, kind="media").category == "ASSESSMENT"
