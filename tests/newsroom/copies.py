"""What newspapers make of a wire report: another headline and lead, cuts, own lines, house style and misprints."""

import random
from dataclasses import replace

from tests.newsroom.stories import Story, local_paragraph, new_lead, new_title

VERBATIM_SHARE = 0.15
NOISE = (0.0, 0.0, 0.02, 0.05, 0.08)  # share of words misprinted
STYLE = {
    "said": "stated", "near": "close to", "warned": "cautioned", "defence": "defense", "harbour": "harbor",
    "about": "on", "because": "since", "again": "once more", "within": "inside", "shortly": "soon",
    "reporters": "journalists", "demanded": "called for", "immediate": "instant", "off": "outside", "while": "as",
}  # fmt: skip


def copy_story(chance: random.Random, original: Story, by: str) -> Story:
    """Return the report as another outlet prints it; headline and byline are always its own."""
    title = new_title(chance)
    if chance.random() < VERBATIM_SHARE:
        return replace(original, title=title, author=by)
    body = edit(chance, list(original.paragraphs))
    return Story(original.kind, title, body[0], tuple(body), by)


def edit(chance: random.Random, paragraphs: list[str]) -> list[str]:
    """Return other paragraphs made from these; at least four in ten of them stay."""
    kept = paragraphs[: max(4, round(len(paragraphs) * chance.uniform(0.5, 1.0)))]
    if len(kept) > 5 and chance.random() < 0.5:
        del kept[chance.randrange(2, len(kept))]
    if len(kept) > 4 and chance.random() < 0.4:
        kept[2:4] = [f"{kept[2]} {kept[3]}"]
    if len(kept) > 4 and chance.random() < 0.3:
        kept[2], kept[3] = kept[3], kept[2]
    noise = chance.choice(NOISE)
    body = [_restyle(chance, one, noise) for one in kept]
    if chance.random() < 0.6:
        body[0 : chance.choice((0, 1))] = [new_lead(chance)]
    if chance.random() < 0.4:
        body.append(local_paragraph(chance))
    if chance.random() < 0.5:
        body.append("With material from wire services.")
    return body


def _restyle(chance: random.Random, text: str, noise: float) -> str:
    if chance.random() < 0.5:
        text = text.replace("“", '"').replace("”", '"')
    words = [STYLE.get(word, word) if chance.random() < 0.4 else word for word in text.split()]
    return " ".join(_misprint(chance, word) if chance.random() < noise else word for word in words)


def _misprint(chance: random.Random, word: str) -> str:
    """Change a letter; a word that names a side or opens a quotation is left alone."""
    if not word.isalpha() or not word.islower():
        return word
    place = chance.randrange(len(word))
    return word[:place] + chance.choice("aeinorst") + word[place + 1 :]
