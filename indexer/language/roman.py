"""Roman figures, folded, beside the Arabic ones."""

LARGEST = 399
"""No list of articles or districts goes on in them beyond."""

_HUNDREDS = ("", "c", "cc", "ccc")
_TENS = ("", "x", "xx", "xxx", "xl", "l", "lx", "lxx", "lxxx", "xc")
_ONES = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")

ROMAN = {str(n): _HUNDREDS[n // 100] + _TENS[n // 10 % 10] + _ONES[n % 10] for n in range(1, LARGEST + 1)}
"""By the Arabic figures."""
ARABIC = {roman: arabic for arabic, roman in ROMAN.items()}
"""By the Roman ones."""
CAPITALS = frozenset(map(str.upper, ARABIC))
"""As texts write them: VI is no form of *ver*."""
