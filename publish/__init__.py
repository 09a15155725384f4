"""From the chapters to what is read: the site, Python in it, print, archive, languages."""
