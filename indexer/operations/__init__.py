"""The operations of the staff. Each is a function: it takes what staff ask and returns what they are told."""
