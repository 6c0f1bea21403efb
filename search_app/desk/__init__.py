"""The staff's desk (``/entrar``, ``/acervo``): staff sign in, add transcripts and correct them."""
