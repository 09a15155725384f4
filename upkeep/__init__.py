"""What keeps the book in order: notebooks, counts, versions, browsers, pictures."""
