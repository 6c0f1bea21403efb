"""What staff fill in, and what the pages of the desk show: without HTTP."""
