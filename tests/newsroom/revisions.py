"""What an article becomes when its outlet edits it."""

import random
from dataclasses import replace

from tests.newsroom.stories import Story, local_paragraph


def revise(chance: random.Random, story: Story, *, has_new_title: bool) -> Story:
    """Return the story with a paragraph added and another rewritten; a new headline says that it is an update."""
    paragraphs = list(story.paragraphs)
    paragraphs[-1] = local_paragraph(chance)
    paragraphs.insert(2, f"Updated: {local_paragraph(chance)}")
    title = f"Update: {story.title}" if has_new_title else story.title
    return replace(story, title=title, paragraphs=tuple(paragraphs))
