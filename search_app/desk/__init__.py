"""The staff's desk: what is behind ``/entrar`` and ``/acervo``."""
