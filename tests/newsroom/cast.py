"""The two invented countries and those who speak for them."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, eq=False)
class Official:
    """Somebody who speaks for a side; ``short_role`` is how a second mention calls the office."""

    name: str
    role: str
    short_role: str
    side: "Side"

    @property
    def last_name(self) -> str:
        """Return the name of a second mention."""
        return self.name.rpartition(" ")[2]


@dataclass(slots=True, eq=False)
class Side:
    """A party to the dispute."""

    code: str
    name: str
    adjective: str
    capital: str
    officials: list[Official] = field(default_factory=list)


def _side(code: str, name: str, adjective: str, capital: str, *officials: tuple[str, str, str]) -> Side:
    side = Side(code, name, adjective, capital)
    side.officials = [Official(*one, side) for one in officials]
    return side


SIDES = (
    _side(
        "VLD", "Veldoria", "Veldorian", "Harsk",
        ("Ilse Hargrenn", "Foreign Minister", "minister"),
        ("Karl Ostervane", "Defence Minister", "minister"),
        ("Viktor Dahlmark", "President", "president"),
        ("Anton Kolvard", "Admiral", "admiral"),
        ("Greta Pelmann", "government spokeswoman", "spokeswoman"),
        ("Hugo Thaxter", "coastguard commander", "commander"),
    ),
    _side(
        "TMZ", "Tamarzia", "Tamarzian", "Sorrenbad",
        ("Helena Soravi", "Prime Minister", "premier"),
        ("Emil Tashkar", "Foreign Minister", "minister"),
        ("Nadia Belmori", "Defence Minister", "minister"),
        ("Felix Arkani", "Rear Admiral", "admiral"),
        ("Paul Demeshi", "presidential spokesman", "spokesman"),
        ("Clara Irzan", "Ambassador", "ambassador"),
    ),
)  # fmt: skip
