"""What every page shares: addresses, labels, formats of figures and dates, the collection that is served."""
