"""Forms and page models of the desk. They know nothing of HTTP."""
