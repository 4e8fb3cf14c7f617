"""What the extractors know before they read: gazetteer, lexicons and the language pipeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from extractors import actors, claims, escalation, layout, statements
from extractors.actors import Gazetteer, office_on, states_jointly
from extractors.claims import Thesaurus
from extractors.escalation import EscalationLexicon
from extractors.model import ActorKind
from extractors.statements import CueLexicon

if TYPE_CHECKING:
    from spacy.language import Language

# Bodies that speak for their state; a party, a company or an outlet speaks for itself.
STATE_KINDS: frozenset[ActorKind] = frozenset(
    {"country", "government", "ministry", "military", "agency", "legislature"}
)


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """What is known of a speaker: ``role`` is what the article calls him, such as "senior official".

    ``text`` are the words for somebody who is no actor, else nothing.
    """

    actor_id: str | None
    kind: ActorKind | None
    parent: str | None
    country: str | None
    role: str | None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything extraction depends on besides the article; ``digest`` stands for the files it was read from.

    ``parser`` may be missing where no text is read: loading it takes seconds.
    """

    gazetteer: Gazetteer
    cues: CueLexicon
    escalation: EscalationLexicon
    thesaurus: Thesaurus
    parser: Language | None
    digest: str = ""

    @property
    def language(self) -> Language:
        """Return the language pipeline; raises ``ValueError`` where this was loaded without one."""
        if self.parser is None:
            raise ValueError("this knowledge reads no texts: it was loaded without a language pipeline")
        return self.parser

    @property
    def version(self) -> str:
        """Return the version of code and data together: what was extracted under another one is extracted anew."""
        parts = (layout.VERSION, statements.VERSION, actors.VERSION, escalation.VERSION, claims.VERSION)
        return f"{'.'.join(str(one).rsplit('/', 1)[-1] for one in parts)}+{self.digest}"

    def speaks_for(self, voice: VoiceFacts, on: date | None) -> tuple[str, ...]:
        """Return the ids of the institution and the state through whom somebody speaks, the nearest first.

        States that speak together come after an id that all wordings for them share.
        """
        if voice.kind is not None and voice.kind != "person":
            owners = (voice.parent, voice.country) if voice.kind in STATE_KINDS else ()
            return tuple(dict.fromkeys(one for one in owners if one and one != voice.actor_id))
        if voice.text and (together := states_jointly(voice.text, self.gazetteer)):
            return "+".join(together), *together
        actor = self.gazetteer.by_id.get(voice.actor_id) if voice.actor_id else None
        office = office_on(actor, on) if actor else None
        if actor is not None and office is not None:
            return tuple(dict.fromkeys(one for one in (office.organisation, office.country or actor.country) if one))
        return (voice.country,) if voice.country and self._is_official(voice.role) else ()

    def _is_official(self, role: str | None) -> bool:
        words = frozenset((role or "").lower().replace("-", " ").split())
        return bool(words & self.escalation.features.get("officials", frozenset()))
