"""How fast the library trains, against its peers and against the least work there is."""
