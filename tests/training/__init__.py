"""Training of the weights that the packages ship; nothing here runs in use."""
