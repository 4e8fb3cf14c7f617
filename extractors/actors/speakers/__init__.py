"""Who speaks: from the words that name a source to an actor."""
