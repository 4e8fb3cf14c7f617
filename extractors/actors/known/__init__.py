"""Who is known: the gazetteer, the words for people and bodies, and comparing names."""
