"""The rules of escalation: what real wording means, whoever the countries are."""
