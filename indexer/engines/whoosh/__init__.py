"""What keeps an index in the files of Whoosh: the store that `ranking` reads, and its writer."""
