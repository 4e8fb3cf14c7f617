"""What a configuration may hold, what it holds and from where, and what nothing reads."""
