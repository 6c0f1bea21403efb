"""Text, Markdown, office documents and web pages to paragraphs."""
