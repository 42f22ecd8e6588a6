"""Who may read a site, and how often one client may ask."""
