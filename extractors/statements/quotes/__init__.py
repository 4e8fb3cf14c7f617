"""Finding quotes: stretches between quote marks, and the cue each belongs to."""
