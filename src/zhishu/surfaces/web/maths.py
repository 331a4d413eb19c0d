"""Formulas of methods as MathML, which browsers draw without scripts; the plain text is its alternative."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from zhishu.score.methods.formula import Fraction, Line, Power, Root, Shape, parts, plain, tokens


def mathml(line: Line) -> Markup:
    """Return one line in display style.

    >>> str(mathml(Fraction("1", "2 − 3"))).partition("alttext=")[2]
    '"1 / (2 − 3)"><mrow><mfrac><mrow><mn>1</mn></mrow><mrow><mn>2</mn><mo>−</mo><mn>3</mn></mrow></mfrac></mrow></math>'
    """
    return Markup('<math displaystyle="true" alttext="{}"><mrow>{}</mrow></math>').format(plain(line), _row(line))


_SUBSCRIPT = re.compile(r"(?<![A-Za-z_])([A-Za-zα-ω])_([A-Za-z0-9]+)(?![A-Za-z0-9_])")
# names such as min stand apart from what they are of
_APART = Markup('<mspace width="0.2em"></mspace>')


def subscripts(words: str) -> Markup:
    """Return words whose signs such as x_ij have subscripts; names of functions stay.

    >>> str(subscripts("x_ij < 1, log_by_skew"))
    'x<sub>ij</sub> &lt; 1, log_by_skew'
    """
    return Markup(_SUBSCRIPT.sub(r"\1<sub>\2</sub>", str(escape(words))))


def _row(line: Line) -> Markup:
    return Markup("").join(_part(part) for part in parts(line))


def _part(part: str | Shape) -> Markup:
    match part:
        case Fraction(over, under):
            return Markup("<mfrac><mrow>{}</mrow><mrow>{}</mrow></mfrac>").format(_row(over), _row(under))
        case Root(of):
            return Markup("<msqrt>{}</msqrt>").format(_row(of))
        case Power(base, exponent):
            held = Markup("<mrow><mo>(</mo>{}<mo>)</mo></mrow>").format(_row(base))
            return Markup("<msup>{}<mrow>{}</mrow></msup>").format(held, _row(exponent))
    return Markup("").join(_signs(part))


def _signs(words: str) -> Iterator[Markup]:
    for token in tokens(words):
        sign = _sign(token.sign)
        match bool(token.below), bool(token.above):
            case True, True:
                yield Markup("<msubsup>{}{}{}</msubsup>").format(sign, _sign(token.below), _sign(token.above))
            case True, False:
                yield Markup("<msub>{}{}</msub>").format(sign, _sign(token.below))
            case False, True:
                yield Markup("<msup>{}{}</msup>").format(sign, _sign(token.above))
            case _:
                yield sign
        if len(token.sign) > 1 and token.sign.isalpha():
            yield _APART


def _sign(sign: str) -> Markup:
    """Return a number, a name or an operator; subscripts such as 1 or ij are one sign."""
    if sign.replace(".", "").isdigit():
        return Markup("<mn>{}</mn>").format(sign)
    if sign[0].isalpha() and sign not in "ΣΠ":
        # a single letter would lean, as nothing else here does
        return Markup('<mi mathvariant="normal">{}</mi>').format(sign)
    return Markup("<mo>{}</mo>").format(sign)
