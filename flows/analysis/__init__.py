"""Analysis: from stored articles to statements, claims and alerts, and what a run came to."""
