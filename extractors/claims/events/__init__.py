"""Events: what one side did with words towards another on one day, as groups of claims."""
