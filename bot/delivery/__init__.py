"""What must reach Discord though nobody is waiting for an answer: roles, and word to coordinators."""
