"""leda: the application."""
