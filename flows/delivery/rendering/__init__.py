"""What an alert looks like on its way out: messages, the feed, events and log lines."""
