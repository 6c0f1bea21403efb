"""What staff do, each a function from what they ask to what they are told. The commands under the staff's desk."""
