from .corrections.ledger import Correction, Ledger, NewFacts, linked_actors, make_ledger
from .corrections.reidentification import Scene, Utterance, correct_scene, scene_of
from .index import MentionIndex
from .known.folding import fold, slug
from .known.gazetteer import Country, Gazetteer, Institution, make_gazetteer, office_on
from .known.name_lexicon import NameLexicon, RoleLexicon, folded, nations_of_offices, role_lexicon
from .mentions.finding import find_mentions
from .reasons import CORRECTED, LISTED_ALIAS, of_canonical
from .speakers.descriptions import leader
from .speakers.facts import STATE, Facts
from .speakers.jointly import states_jointly
from .speakers.resolution import resolve, resolve_speakers

VERSION: str

__all__ = [
    "CORRECTED",
    "LISTED_ALIAS",
    "STATE",
    "VERSION",
    "Correction",
    "Country",
    "Facts",
    "Gazetteer",
    "Institution",
    "Ledger",
    "MentionIndex",
    "NameLexicon",
    "NewFacts",
    "RoleLexicon",
    "Scene",
    "Utterance",
    "correct_scene",
    "find_mentions",
    "fold",
    "folded",
    "leader",
    "linked_actors",
    "make_gazetteer",
    "make_ledger",
    "nations_of_offices",
    "of_canonical",
    "office_on",
    "resolve",
    "resolve_speakers",
    "role_lexicon",
    "scene_of",
    "slug",
    "states_jointly",
]
