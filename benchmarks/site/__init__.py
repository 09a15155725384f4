"""How fast the built site is: its live figures, and Python in the page against JupyterLite."""
