"""The kit that cards, forms and answers are built from."""
