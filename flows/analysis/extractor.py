"""What a worker does that extracts; apart from the rest, so that it imports no more than that takes."""

from pathlib import Path
from typing import TypeAlias

from extractors.model import Article, Findings
from extractors.pipeline import extract
from extractors.reading import read_body
from flows.analysis.knowledge import knowledge_for

Chunk: TypeAlias = tuple[Article, ...]

WARMING = "“The harbour is open again,” said Port Minister Ada Lind on Monday. She warned it would be closed by force."


def load_knowledge(config_folder: Path | None) -> None:
    """Load what extraction needs, also what is loaded only when it is first used."""
    body = read_body(WARMING)
    if isinstance(body, Article):
        extract_chunk(config_folder, (body,))


def extract_chunk(config_folder: Path | None, chunk: Chunk) -> list[Findings]:
    """Extract the articles of a chunk."""
    return list(extract(chunk, knowledge_for(config_folder)))
