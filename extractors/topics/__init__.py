"""Topics: which entries are worth fetching, which articles are kept, and why."""
