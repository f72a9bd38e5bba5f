"""What an operator looks after: backups, whether all is well, and what the state of things is."""
