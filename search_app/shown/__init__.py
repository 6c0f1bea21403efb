"""What every page shares: links, labels, formatting of numbers and dates, the collection that is served."""
