"""Targets: the addressee, the weightiest other side in the words, the article's opponent; never one's own side."""

from dataclasses import replace
from datetime import date

import pytest
from spacy.language import Language

from extractors.escalation import Dyad, dyads, find_targets
from extractors.escalation.lexicon import Conflict
from extractors.escalation.opponents import aim_all
from extractors.escalation.targets import View, aims_of
from extractors.language import parse_paragraphs
from extractors.model import Actor, Attribution, Mention, Span, Speaker, Statement, Target

TEXT = "Peru warned Chile that Bolivia and Peru would answer."
ACTORS = {
    "per": Actor("per", "Peru", "country", "PER"),
    "chl": Actor("chl", "Chile", "country", "CHL"),
    "bol": Actor("bol", "Bolivia", "country", "BOL"),
}
MENTIONS = (
    Mention("per", Span(0, 4)),
    Mention("chl", Span(12, 17)),
    Mention("bol", Span(23, 30)),
    Mention("per", Span(35, 39)),
)
ATTRIBUTION = Attribution(0, (Span(18, 52),), "indirect", Span(5, 11), "warn", None, Span(0, 4), addressee=Span(12, 17))
STATEMENT = Statement(0, TEXT[18:52], ATTRIBUTION, Speaker(actor_id="per", name="Peru", country="PER"))


def test_the_addressee_comes_first_and_ones_own_side_is_no_target() -> None:
    targets = find_targets(STATEMENT, MENTIONS, ACTORS.get, text=TEXT)
    assert targets[0] == Target("chl", "Chile", "CHL")
    assert "per" not in {one.actor_id for one in targets}


def test_dyads_pair_the_speakers_country_with_each_targets() -> None:
    aimed = Statement(
        0, "", ATTRIBUTION, STATEMENT.speaker, (Target("chl", "Chile", "CHL"), Target("x", "A Chilean", "CHL"))
    )
    assert dyads(aimed) == (Dyad("PER", "CHL"),)


def test_without_a_country_there_is_no_dyad() -> None:
    aimed = Statement(0, "", ATTRIBUTION, Speaker(), (Target("chl", "Chile", "CHL"),))
    assert dyads(aimed) == ()


def find(text: str, content: str, mentions: dict[str, str], **options: object) -> list[str]:
    """Return the targets of a Peruvian quote in ``text``, with the actors named there."""
    start = text.index(content)
    attribution = Attribution(0, (Span(start, start + len(content)),), "direct", None, None, None, None)
    one = Statement(0, content, attribution, Speaker(actor_id="per", name="Peru", country="PER"))
    spans = tuple(
        Mention(actor, Span(text.index(name), text.index(name) + len(name))) for actor, name in mentions.items()
    )
    return [target.actor_id for target in find_targets(one, spans, ACTORS.get, text=text, **options)]  # type: ignore[arg-type]


def test_who_is_helped_is_no_target_but_his_enemy_is() -> None:
    war = Conflict("a war", (frozenset({"bol"}), frozenset({"chl"})), date(2020, 1, 1))
    text = "“We will send weapons to Bolivia.”"
    assert find(text, "We will send weapons to Bolivia.", {"bol": "Bolivia"}) == []
    assert find(text, "We will send weapons to Bolivia.", {"bol": "Bolivia"}, conflicts=(war,)) == ["chl"]


def test_they_are_the_last_other_side_that_was_named() -> None:
    text = "Bolivia spoke. Then Chile moved. “They will pay for it.”"
    assert find(text, "They will pay for it.", {"bol": "Bolivia", "chl": "Chile"}) == ["chl"]
    assert find(text.replace("They", "Somebody"), "Somebody will pay for it.", {"chl": "Chile"}) == []


def test_giving_somebody_weapons_helps_him_too() -> None:
    war = Conflict("a war", (frozenset({"bol"}), frozenset({"chl"})), date(2020, 1, 1), date(2022, 1, 1))
    text = "“We may provide Bolivia with offensive weapons.”"
    content = "We may provide Bolivia with offensive weapons."
    assert find(text, content, {"bol": "Bolivia"}, conflicts=(war,), on=date(2021, 1, 1)) == ["chl"]
    assert find(text, content, {"bol": "Bolivia"}, conflicts=(war,), on=date(2023, 1, 1)) == []


def test_our_two_countries_are_ours_and_the_other_sides() -> None:
    text = "Chile was warned. “This will ruin relations between our two countries.”"
    assert find(text, "This will ruin relations between our two countries.", {"chl": "Chile"}) == ["chl"]


def test_authorities_belong_to_the_demonym_before_them() -> None:
    text = "“The Chilean authorities should think twice.”"
    actors = {"chl": ACTORS["chl"], "CHL": ACTORS["chl"]}
    attribution = Attribution(0, (Span(1, len(text) - 1),), "direct", None, None, None, None)
    one = Statement(0, text[1:-1], attribution, STATEMENT.speaker)
    assert [t.actor_id for t in find_targets(one, (), actors.get, text=text, places={"chilean": "CHL"})] == ["chl"]


def test_an_enemy_who_warns_of_arms_aims_at_the_helper() -> None:
    war = Conflict("a war", (frozenset({"bol"}), frozenset({"per"})), date(2020, 1, 1))
    text = "Chile hesitates. “Sending arms to Bolivia would be a mistake.”"
    content = "Sending arms to Bolivia would be a mistake."
    assert find(text, content, {"chl": "Chile", "bol": "Bolivia"}, conflicts=(war,)) == ["chl"]


def aimed(language: Language, text: str, content: str, mentions: dict[str, str], **cue: object) -> list[str]:
    """Return the targets of Peruvian words in a parsed sentence; ``mentions`` are the actors named, by their names."""
    (paragraph,) = parse_paragraphs(language, text, [Span(0, len(text))])
    start = text.index(content)
    spans = (Span(start, start + len(content)),)
    addressee = cue.get("addressee")
    told = Span(text.index(str(addressee)), text.index(str(addressee)) + len(str(addressee))) if addressee else None
    attribution = Attribution(0, spans, "indirect", None, None, str(cue.get("kind", "report")), None, addressee=told)
    one = Statement(0, content, attribution, Speaker(actor_id="per", name="Peru", country="PER"))
    found = [Mention(who, Span(text.index(name), text.index(name) + len(name))) for who, name in mentions.items()]
    return [target.actor_id for target in find_targets(one, found, ACTORS.get, text=text, paragraph=paragraph)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Chile would pay for its raid in Bolivia", ["chl"]),
        ("it would strike the ports of Chile from Bolivia", ["chl"]),
        ("Chile had shelled a village in Bolivia", ["chl"]),
        ("a raid on Bolivia by Chile had failed", ["chl"]),
        ("its envoys in Bolivia would hand a note to Chile", ["chl"]),
        ("it would fight beside Bolivia against Chile", ["chl"]),
        ("Chile and Bolivia would pay for the raid", ["chl", "bol"]),
    ],
)
def test_the_weightiest_part_in_the_words_is_the_targets(language: Language, content: str, expected: list[str]) -> None:
    """Who is to suffer the act, or did what is told, is meant; a place, a victim or a companion is not."""
    named = {"chl": "Chile", "bol": "Bolivia"}
    assert aimed(language, f"Peru said {content}.", content, named) == expected


@pytest.mark.parametrize(
    ("sentence", "addressee", "expected"),
    [
        ("Peru warned Chile that the talks in Bolivia would fail", "Chile", ["chl"]),
        ("Peru told Chile to leave the port of Bolivia", "Chile", ["chl"]),
        ("Peru told reporters in Bolivia that Chile would pay", "reporters in Bolivia", ["chl"]),
        ("Peru told a crowd in Bolivia that the strait was shut", "a crowd in Bolivia", []),
    ],
)
def test_who_is_spoken_to_is_meant_but_not_where(
    language: Language, sentence: str, addressee: str, expected: list[str]
) -> None:
    """The addressee goes before names in the words; reporters and the place where they sit are no targets."""
    content = sentence.rsplit(" that " if " that " in sentence else " Chile ", maxsplit=1)[-1]
    named = {who: name for who, name in (("chl", "Chile"), ("bol", "Bolivia")) if name in sentence}
    kind = "warn" if "warned" in sentence else "report"
    assert aimed(language, f"{sentence}.", content, named, addressee=addressee, kind=kind) == expected


@pytest.mark.parametrize(
    "help_", ["howitzers for Bolivia", "a fresh package of rockets for Bolivia", "support for Bolivia"]
)
def test_any_kind_of_help_aims_at_the_enemy_of_who_is_helped(help_: str) -> None:
    war = Conflict("a war", (frozenset({"bol"}), frozenset({"chl"})), date(2020, 1, 1))
    assert find(f"“We announce {help_}.”", f"We announce {help_}.", {"bol": "Bolivia"}, conflicts=(war,)) == ["chl"]


def words(ordinal: int, text: str, content: str, speaker: str, cue_class: str | None = None) -> Statement:
    start = text.index(content)
    attribution = Attribution(0, (Span(start, start + len(content)),), "direct", None, None, cue_class, None)
    return Statement(ordinal, content, attribution, Speaker(actor_id=speaker, name=speaker, country=speaker.upper()))


def test_words_that_name_nobody_are_aimed_at_whom_the_article_sets_against_the_speaker() -> None:
    """Acts without a name go to the other side of the article's quarrel, plain news goes to nobody."""
    text = "“Chile lies.” “We will answer.” “It rained.” “Peru lies.”"
    statements = [
        words(0, text, "Chile lies.", "per"),
        words(1, text, "We will answer.", "per"),
        words(2, text, "It rained.", "per"),
        words(3, text, "Peru lies.", "bol"),
    ]
    mentions = [Mention("chl", Span(1, 6)), Mention("per", Span(text.index("Peru"), text.index("Peru") + 4))]
    view = View(ACTORS.get, text)
    aims = [
        aims_of(one, [m for m in mentions if m.span.start in {1, text.index("Peru")}], view, None) for one in statements
    ]
    found = aim_all(statements, aims, [True, True, False, True], mentions, view)
    assert [[target.actor_id for target in one.targets] for one in found] == [["chl"], ["chl"], [], ["per"]]


def test_an_armed_group_is_a_side_of_its_own() -> None:
    rebels = Actor("reb", "Andean Rebels", "organisation", "BOL")
    assert View(ACTORS.get, groups={"reb"}).side_of(rebels) == "reb"
    assert View(ACTORS.get).side_of(rebels) == "BOL"


@pytest.mark.parametrize(
    "content",
    [
        "there would be repercussions for Chile if it joined the war in Bolivia",
        "the price for Chile would be high whatever befell Bolivia",
        "the blame lies with Chile whatever happens in Bolivia",
        "its anger over Chile had been carried to Bolivia",
        "Chile should not be playing along with Bolivia",
        "Chile must keep its hands off the crisis in Bolivia",
        "Chile needs to stop sending convoys through Bolivia",
    ],
)
def test_who_bears_the_cost_or_is_told_what_to_do_is_meant(language: Language, content: str) -> None:
    """Costs fall on whom they are for, and a "must" binds its subject, wherever a third country is named beside."""
    assert aimed(language, f"Peru said {content}.", content, {"chl": "Chile", "bol": "Bolivia"}) == ["chl"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Chile's raid on Bolivia was a crime", ["chl"]),
        ("the shelling of Bolivia by Chile must end", ["chl"]),
        ("its raid on Chile was only the beginning", ["chl"]),
        ("it deplored Chile's pressure on Bolivia", ["chl"]),
        ("by accusations that Bolivia is arming rebels Chile hides its raid", ["chl"]),
        ("Peru and Bolivia would answer Chile", ["chl"]),
        ("it would defend the sovereignty of Bolivia against Chile", ["chl"]),
        ("Chile would regret the raid, for Peru stands by Bolivia", ["chl"]),
    ],
)
def test_victims_partners_and_those_stood_by_are_no_targets(
    language: Language, content: str, expected: list[str]
) -> None:
    """Whom another's deed hits, who acts beside the speaker, whose good he wants: none of these is meant."""
    names = (("per", "Peru"), ("chl", "Chile"), ("bol", "Bolivia"))
    named = {who: name for who, name in names if name in content}
    assert aimed(language, f"Lima said {content}.", content, named) == expected


def test_a_quote_that_goes_on_about_them_means_whom_it_began_with() -> None:
    """ "They" in the next paragraph of a quote are those of its first one, not the last name in between."""
    text = "“Chile lies.” Bolivia looked on. “They should think twice.”"
    first, second = words(0, text, "Chile lies.", "per"), words(1, text, "They should think twice.", "per")
    second = replace(second, attribution=replace(second.attribution, carried_from=0))
    chile = Mention("chl", Span(1, 6))
    bolivia = Mention("bol", Span(text.index("Bolivia"), text.index("Bolivia") + 7))
    view = View(ACTORS.get, text)
    aims = [aims_of(first, [chile], view, None), aims_of(second, [], view, None)]
    found = aim_all([first, second], aims, [True, True], [chile, bolivia], view)
    assert [[target.actor_id for target in one.targets] for one in found] == [["chl"], ["chl"]]


def test_whom_a_side_stands_by_is_not_its_opponent() -> None:
    """Words that name nobody are not aimed at whom the same speaker helps, though he names nobody more often."""
    text = "“We support Bolivia.” “We send aid to Bolivia.” “We will answer.”"
    statements = [
        words(0, text, "We support Bolivia.", "per"),
        words(1, text, "We send aid to Bolivia.", "per"),
        words(2, text, "We will answer.", "per"),
    ]
    places = [text.index("Bolivia"), text.rindex("Bolivia")]
    mentions = [Mention("bol", Span(place, place + 7)) for place in places]
    view = View(ACTORS.get, text)
    aims = [aims_of(one, mentions, view, None) for one in statements]
    found = aim_all(statements, aims, [True, True, True], mentions, view)
    assert [one.targets for one in found] == [(), (), ()]


def test_what_its_own_alliance_does_is_not_aimed_at(language: Language) -> None:
    """A member names its alliance as its own side; what it asks of the alliance is aimed at it all the same."""
    pact = Actor("pac", "Pacific Pact", "alliance")
    text = "“The Pact will answer.” “The Pact must help us.”"
    paragraphs = list(parse_paragraphs(language, text, [Span(0, len(text))]))
    mentions = [Mention("pac", Span(place, place + 4)) for place in (text.index("Pact"), text.rindex("Pact"))]
    view = View({**ACTORS, "pac": pact}.get, text, members={"pac": {"PER"}})
    aims = [
        aims_of(words(0, text, content, "per"), mentions, view, paragraphs[0])
        for content in ("The Pact will answer.", "The Pact must help us.")
    ]
    assert [[aim.is_friend for aim in some] for some in aims] == [[True], [False]]
