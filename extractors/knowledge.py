"""What the extractors know before they read: gazetteer, lexicons and the language pipeline."""

from dataclasses import dataclass
from datetime import date

from spacy.language import Language

from extractors import actors, claims, escalation, statements
from extractors.actors.gazetteer import Gazetteer, office_on
from extractors.claims import Thesaurus
from extractors.escalation import EscalationLexicon
from extractors.model import Actor, ActorKind
from extractors.statements import CueLexicon

# Bodies that speak for their state; a party, a company or an outlet speaks for itself.
STATE_KINDS: frozenset[ActorKind] = frozenset(
    {"country", "government", "ministry", "military", "agency", "legislature"}
)


@dataclass(frozen=True, slots=True)
class Knowledge:
    """Everything extraction depends on besides the article; ``digest`` stands for the files it was read from."""

    gazetteer: Gazetteer
    cues: CueLexicon
    escalation: EscalationLexicon
    thesaurus: Thesaurus
    language: Language
    digest: str = ""

    @property
    def version(self) -> str:
        """Return the version of code and data together: what was extracted under another one is extracted anew."""
        parts = (statements.VERSION, actors.VERSION, escalation.VERSION, claims.VERSION)
        return f"{'.'.join(str(one).rsplit('/', 1)[-1] for one in parts)}+{self.digest}"

    def speaks_for(
        self, actor_id: str | None, role: str | None, country: str | None, on: date | None
    ) -> tuple[str, ...]:
        """Return the ids of the institution and the state through whom somebody speaks, the nearest first.

        ``role`` is what the article calls a speaker the gazetteer does not know, such as "senior official".
        """
        actor = self.gazetteer.by_id.get(actor_id) if actor_id else None
        if actor is None:
            return (country,) if country and self._is_official(role) else ()
        if actor.kind != "person":
            return _owners(actor) if actor.kind in STATE_KINDS else ()
        office = office_on(actor, on)
        if office is None:
            return ()
        return tuple(dict.fromkeys(one for one in (office.organisation, office.country or actor.country) if one))

    def _is_official(self, role: str | None) -> bool:
        words = frozenset((role or "").lower().replace("-", " ").split())
        return bool(words & self.escalation.features.get("officials", frozenset()))


def _owners(actor: Actor) -> tuple[str, ...]:
    owners = (one for one in (actor.parent, actor.country) if one and one != actor.actor_id)
    return tuple(dict.fromkeys(owners))
