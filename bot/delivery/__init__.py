"""What must reach Discord though nobody waits for an answer: roles, word to coordinators."""
