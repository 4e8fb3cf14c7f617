"""Invented wire reports and what newspapers make of them: other leads, cuts, house style, noise."""

import json
import random
from dataclasses import dataclass
from pathlib import Path

WORDS = json.loads((Path(__file__).parents[2] / "cases" / "wire" / "words.json").read_text(encoding="utf-8"))
SUBJECTS, VERBS, OBJECTS, TAILS = (WORDS[name] for name in ("subjects", "verbs", "objects", "tails"))
QUALITIES, LINKS, CHANGES = WORDS["qualities"], WORDS["links"], WORDS["changes"]


def sentence(chance: random.Random) -> str:
    """Return one invented sentence."""
    words = f"{_noun(chance, SUBJECTS)} {chance.choice(VERBS)} {_noun(chance, OBJECTS)} {_noun(chance, TAILS)}"
    if chance.random() < 0.5:
        words = f"{chance.choice(LINKS)}, {words}"
    if chance.random() < 0.4:
        words += f", adding that {_noun(chance, SUBJECTS)} {chance.choice(VERBS)} {_noun(chance, OBJECTS)}"
    if chance.random() < 0.3:
        words += f", {chance.randint(2, 90)} kilometres from pier {chance.randint(2, 40)}"
    return f"{words[0].upper()}{words[1:]}."


def _noun(chance: random.Random, phrases: list[str]) -> str:
    """Return a phrase with a word or two put before its last ones, so that few phrases come twice."""
    words = chance.choice(phrases).split()
    for _ in range(chance.choice((0, 1, 1, 2))):
        words.insert(chance.randrange(1, len(words)), chance.choice(QUALITIES))
    return " ".join(words)


def paragraph(chance: random.Random) -> str:
    """Return one invented paragraph, now and then a quotation."""
    if chance.random() < 0.25:
        return f"“{sentence(chance)[:-1]},” {chance.choice(SUBJECTS)} said. “{sentence(chance)}”"
    return " ".join(sentence(chance) for _ in range(chance.randint(1, 3)))


def report(chance: random.Random, n_paragraphs: int | None = None) -> list[str]:
    """Return a wire report as paragraphs."""
    return [paragraph(chance) for _ in range(n_paragraphs or chance.randint(6, 16))]


def edit(chance: random.Random, original: list[str]) -> list[str]:
    """Return what a newspaper makes of a report: another lead, cuts, own lines, house style and misprints."""
    body = original[1:] if chance.random() < 0.5 else list(original)
    body = body[: max(3, round(len(body) * chance.uniform(0.45, 1.0)))]
    if len(body) > 5 and chance.random() < 0.5:
        del body[chance.randrange(len(body))]
    if chance.random() < 0.4:
        body = [body[0], f"{body[1]} {body[2]}", *body[3:]]
    share = chance.choice((0.0, 0.02, 0.05, 0.08))
    body = [_restyle(chance, one, share) for one in body]
    if chance.random() < 0.7:
        body.insert(0, paragraph(chance))
    if chance.random() < 0.4:
        body.append(paragraph(chance))
    return body


def _restyle(chance: random.Random, text: str, share: float) -> str:
    if chance.random() < 0.5:
        text = text.replace("“", '"').replace("”", '"')
    words = [CHANGES.get(word, word) if chance.random() < 0.5 else word for word in text.split()]
    return " ".join(_misprint(chance, word) if chance.random() < share else word for word in words)


def _misprint(chance: random.Random, word: str) -> str:
    if chance.random() < 0.3:
        return ""
    place = chance.randrange(len(word))
    return word[:place] + chance.choice("aeinorst") + word[place + 1 :]


@dataclass(frozen=True, slots=True)
class Newsroom:
    """Texts, and for each the number of the event that it reports."""

    texts: tuple[str, ...]
    events: tuple[int, ...]


def make_newsroom(seed: int, *, n_events: int, n_copied: int, n_copies: int = 2) -> Newsroom:
    """Return reports of many events, some with copies; events share backgrounds and, in pairs, a long quotation."""
    chance = random.Random(seed)
    backgrounds = [paragraph(chance) for _ in range(4)]
    quotation = ""
    texts: list[str] = []
    events: list[int] = []
    for event in range(n_events):
        if event % 2 == 0:
            quotation = " ".join(sentence(chance) for _ in range(chance.randint(3, 6)))
        original = report(chance)
        original.insert(len(original) // 2, f"“{quotation}” {chance.choice(SUBJECTS)} said.")
        original.append(chance.choice(backgrounds))
        versions = [original, *(edit(chance, original) for _ in range(n_copies if event < n_copied else 0))]
        texts += ["\n\n".join(one) for one in versions]
        events += [event] * len(versions)
    return Newsroom(tuple(texts), tuple(events))
