"""The network: what it is asked, what it answers, and how far it is trusted."""
