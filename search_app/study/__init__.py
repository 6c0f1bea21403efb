"""Pages that study words: the concordance and the comparison of terms."""
