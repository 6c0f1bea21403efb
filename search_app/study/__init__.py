"""Pages that study words: the concordance (word in context) and the comparison of terms."""
