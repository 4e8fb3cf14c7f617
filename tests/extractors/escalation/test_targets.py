"""Targets: the addressee, others in the content, never the speaker's own side."""

from extractors.escalation import Dyad, dyads, find_targets
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
