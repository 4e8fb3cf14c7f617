"""Arena: whether words belong to a dispute between states or armed sides, or to home affairs, business and sport.

"We will attack", "he will fight on" and "nothing is off the table" are said everywhere. They escalate only where an
adversary can be in view: another country is named, the talk is of armies, borders and envoys, or a state speaks and
nothing points home.
"""

from dataclasses import dataclass
from typing import Literal, TypeAlias

from extractors.escalation.grammar.statement import Reading
from extractors.escalation.rules.adversary import Adversary
from extractors.escalation.rules.features import Feature, find_feature
from extractors.escalation.rules.standing import Standing, is_named

Office: TypeAlias = Literal["state", "home", "person"]

STATE_KINDS = frozenset(
    {"country", "government", "ministry", "military", "agency", "alliance", "international", "group"}
)


@dataclass(frozen=True, slots=True)
class Arena:
    """What was found: countries other than the speaker's, words of armies and envoys, words of home affairs."""

    office: Office
    is_foreign: bool
    hard: Feature | None
    home: Feature | None

    @property
    def is_named(self) -> bool:
        """Tell whether the words themselves point at a dispute, whoever speaks."""
        return self.hard is not None or (self.is_foreign and self.office != "person")

    @property
    def is_abroad(self) -> bool:
        """Tell whether another country is in view, rather than home affairs."""
        return self.is_foreign and (self.home is None or self.hard is not None)

    @property
    def is_dispute(self) -> bool:
        """Tell whether an adversary can be in view."""
        if self.is_foreign and self.office != "person":
            return True
        if self.home is not None:
            return self.hard is not None and self.office == "state"
        return self.hard is not None or self.office == "state"


def read_arena(reading: Reading, standing: Standing, adversary: Adversary) -> Arena:
    """Collect what tells a dispute from everyday affairs."""
    office = _office(reading, standing)
    is_own_known = reading.voice.country is not None or not reading.voice.is_known
    return Arena(
        office=office,
        is_foreign=_names_others(reading, adversary) and (office != "person" or is_own_known),
        hard=find_feature(reading, "hard"),
        home=find_feature(reading, "home"),
    )


def _names_others(reading: Reading, adversary: Adversary) -> bool:
    places, own = reading.places or {}, reading.voice.country
    return bool(adversary.countries) or any(places.get(one, own) != own for one in reading.addressee)


def _office(reading: Reading, standing: Standing) -> Office:
    """Return for whom he speaks: a state or an armed side, an office of home affairs, or himself."""
    voice = reading.voice
    if is_named(reading, "home_offices"):
        return "home"
    if standing == "neutral" or voice.kind in STATE_KINDS:
        return "state"
    if not voice.is_known:  # a bare statement is taken for a state's; in an article an unnamed voice is anybody's
        return "state" if reading.is_bare else "person"
    if any(is_named(reading, name) for name in ("officials", "sides", "top_ranks", "state_media")):
        return "state"
    return "state" if voice.countries and voice.kind != "person" else "person"
