"""The HTTP server of ``commentary serve``: its limits, its connections and its processes."""
