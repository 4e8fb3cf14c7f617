"""Targets: the addressee, others in the content, never the speaker's own side."""

from datetime import date

from extractors.escalation import Dyad, dyads, find_targets
from extractors.escalation.lexicon import Conflict
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
