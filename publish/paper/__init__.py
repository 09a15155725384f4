"""The book in print."""
