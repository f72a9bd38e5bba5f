"""What the cogs of several features build and show: a programme's places in Discord."""
