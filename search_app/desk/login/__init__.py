"""Who may enter: accounts, sessions of a browser, the rate limit."""
