"""What a researcher takes away: fragments, the results of a search or a whole page, in the formats of their desk."""
