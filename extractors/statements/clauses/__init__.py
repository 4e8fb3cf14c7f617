"""Finding clauses: what verbs, nouns, adjectives and fixed phrases report without quote marks."""
