"""Intake: from sources, files and crawls to stored articles; all that is read from outside is read here."""
