"""Who may enter the desk: accounts, login sessions, the rate limit."""
