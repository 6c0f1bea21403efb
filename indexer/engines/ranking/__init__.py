"""What matches and ranks passages over arrays, from whatever store they come."""
