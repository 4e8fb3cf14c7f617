"""The attribute ruler's work from memory: parts of speech from tags, looked up instead of matched.

spaCy's ruler runs its patterns over every text, a sixth of the pipeline's time. Where a pattern is about one token its
result depends on a few attributes of that token alone, so it is kept and used again; the few patterns about two tokens
run as before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np
from spacy.language import Language
from spacy.pipeline import AttributeRuler

if TYPE_CHECKING:
    from spacy.tokens import Doc
    from spacy.vocab import Vocab

NAME = "attribute_memory"
READ: list[int | str] = ["TAG", "LOWER", "DEP", "IS_SPACE"]
WRITE: list[int | str] = ["POS", "MORPH", "LEMMA"]
KNOWN = frozenset(READ)
WRITTEN = frozenset(WRITE)
Key = tuple[int, int, int, int]


class AttributeMemory:
    """A pipeline component that gives what the ruler gives."""

    def __init__(self, ruler: AttributeRuler, vocab: Vocab) -> None:
        """Part the ruler's patterns into those whose results can be kept and the rest."""
        rules = list(ruler.patterns)
        self.ruler = AttributeRuler(vocab)
        self.ruler.add_patterns([rule for rule in rules if _is_simple(rule)])
        self.rest = AttributeRuler(vocab)
        self.rest.add_patterns([rule for rule in rules if not _is_simple(rule)])
        self.words = frozenset(vocab.strings.add(word) for word in _words(rules))
        self.seen: dict[Key, tuple[int, int, int]] = {}

    def __call__(self, doc: Doc) -> Doc:
        """Annotate the document."""
        keys = [
            (tag, lower if lower in self.words else 0, dep, space)
            for tag, lower, dep, space in doc.to_array(READ).tolist()
        ]
        if any(key not in self.seen for key in keys):
            return self._learn(doc, keys)
        if keys:
            values: Any = np.array([self.seen[key] for key in keys], dtype="uint64")
            doc.from_array(WRITE, values)
        return self.rest(doc)

    def _learn(self, doc: Doc, keys: list[Key]) -> Doc:
        doc = self.ruler(doc)
        values = doc.to_array(WRITE).tolist()
        self.seen.update(zip(keys, map(tuple, values), strict=True))
        return self.rest(doc)


def remember_attributes(language: Language) -> Language:
    """Put a memory in place of the pipeline's ruler, if it has one."""
    if "attribute_ruler" not in language.pipe_names:
        return language
    ruler = language.get_pipe("attribute_ruler")
    if isinstance(ruler, AttributeRuler):
        after = language.pipe_names.index("attribute_ruler")
        language.remove_pipe("attribute_ruler")
        before = language.pipe_names[after] if after < len(language.pipe_names) else None
        memory = AttributeMemory(ruler, language.vocab)
        Language.component(f"{NAME}_{id(memory)}", func=memory)
        language.add_pipe(f"{NAME}_{id(memory)}", name=NAME, before=before)
    return language


def _is_simple(rule: dict[str, Any]) -> bool:
    about_one = all(
        len(pattern) == 1 and set(pattern[0]) <= KNOWN and _is_listed(pattern[0].get("LOWER", ""))
        for pattern in rule["patterns"]
    )
    return about_one and set(rule["attrs"]) <= WRITTEN


def _is_listed(word: object) -> bool:
    return isinstance(word, str) or (isinstance(word, dict) and set(word) == {"IN"})


def _words(rules: list[dict[str, Any]]) -> Iterable[str]:
    """Yield the words that single-token patterns name."""
    for rule in rules:
        for pattern in rule["patterns"] if _is_simple(rule) else ():
            word = pattern[0].get("LOWER", ())
            yield from [word] if isinstance(word, str) else word.get("IN", ()) if isinstance(word, dict) else ()
