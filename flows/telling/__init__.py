"""Telling: what people see while flows work, progress and failures, with nothing that steers a terminal."""
