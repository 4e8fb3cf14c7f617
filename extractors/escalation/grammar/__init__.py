"""The grammar of a statement: who does what, and whether it is done, denied, demanded or conditional."""
