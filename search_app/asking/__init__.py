"""What was asked: parameters and text read into a query, suggestions, help."""
