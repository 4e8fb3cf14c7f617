"""Web pages: their markup to facts and main text, and the walls that stand where an article should be."""
