"""Python for the pages: fetched, verified, compiled, with its licences."""
