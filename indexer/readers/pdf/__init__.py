"""PDF files to paragraphs."""
