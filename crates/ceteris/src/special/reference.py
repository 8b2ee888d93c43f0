"""Write reference.csv: distribution tails and quantiles in 50 digits, rounded to 17.

    pip install mpmath==1.4.1; python reference.py > reference.csv

Arguments are doubles, taken exactly. Tails of t, F and chi-squared are integrals of the density of
the logarithm of the ratio, by quadrature from the argument outwards; the crate sums continued
fractions, so the two have no formula in common. Where mpmath's own incomplete beta and gamma
functions are quick, they must agree with the integral to 30 digits, or nothing is written.
"""

import mpmath
from mpmath import exp, expm1, inf, log, log1p, loggamma, mp, mpf, quad, sqrt

mp.dps = 50
SMALLEST = mpf(10) ** -300  # the crate promises nothing below
AGREEMENT = mpf(10) ** -30
QUICK = 1e4  # degrees of freedom up to which mpmath's own functions are quick


def outwards(log_density, start):
    """Integral of exp(log_density) from start to infinity; log_density is concave, its maximum at 0."""
    width = 1 / (abs(mp.diff(log_density, start)) + sqrt(abs(mp.diff(log_density, start, 2))))
    points, top = [start], log_density(start)
    if start < 0:
        width, top = 1 / sqrt(abs(mp.diff(log_density, mpf(0), 2))), log_density(mpf(0))
        steps = []
        while width * 2 ** len(steps) < -start:
            steps.append(-width * 2 ** len(steps))
        points += steps[::-1] + [mpf(0)]
    while log_density(points[-1]) > top - 140:
        points.append(points[-1] + width)
        width *= 2
    pieces = zip(points, points[1:])
    return exp(top) * sum(quad(lambda s: exp(log_density(s) - top), piece, maxdegree=8) for piece in pieces)


def fisher_upper_tail(f, df1, df2):
    if df2 == inf:
        return chi_squared_upper_tail(mpf(f) * mpf(df1), df1)
    f, a, b = mpf(f), mpf(df1) / 2, mpf(df2) / 2
    share = a / (a + b)
    constant = loggamma(a + b) - loggamma(a) - loggamma(b) + a * log(share) + b * log(1 - share)
    value = outwards(lambda s: constant + a * s - (a + b) * log1p(share * expm1(s)), log(f))
    if max(df1, df2) <= QUICK:
        agree(value, mp.betainc(b, a, 0, b / (a * f + b), regularized=True))
    return value


def chi_squared_upper_tail(x, df):
    a, half = mpf(df) / 2, mpf(x) / 2
    constant = a * log(a) - a - loggamma(a)
    value = outwards(lambda s: constant + a * s - a * expm1(s), log(half / a))
    if df <= QUICK:
        agree(value, mp.gammainc(a, half, inf, regularized=True))
    return value


def agree(one, other):
    assert abs(one / other - 1) < AGREEMENT, (one, other)


def student_two_sided(t, dof):
    if dof == inf:
        return normal_two_sided(t)
    return fisher_upper_tail(mpf(t) ** 2, 1, dof)


def student_upper_tail(t, dof):
    half = student_two_sided(t, dof) / 2
    return half if t > 0 else 1 - half


def student_quantile(p, dof):
    """Newton's method in logarithms of both the tail and t."""
    p = mpf(p)
    if dof == inf:
        return normal_quantile(p)
    tail, dof = min(p, 1 - p), mpf(dof)
    constant = loggamma((dof + 1) / 2) - loggamma(dof / 2) - log(dof * mp.pi) / 2
    t = abs(normal_quantile(p))
    for _ in range(60):
        density = exp(constant - (dof + 1) / 2 * log1p(t * t / dof))
        outer = student_two_sided(t, dof) / 2
        if tail < 0.25:
            step = log(outer / tail) * outer / (density * t)
        else:
            inner = mpf(1) / 2 - outer
            step = log((mpf(1) / 2 - tail) / inner) * inner / (density * t)
        t *= exp(step)
        if abs(step) < 1e-20:
            return t if p > 0.5 else -t
    raise ArithmeticError((p, dof))


def normal_density(z):
    return mp.npdf(mpf(z))


def normal_upper_tail(z):
    return mp.erfc(mpf(z) / sqrt(2)) / 2


def normal_two_sided(z):
    return mp.erfc(abs(mpf(z)) / sqrt(2))


def normal_quantile(p):
    """Newton's method in the logarithm of the tail, from below: the hazard is increasing."""
    p = mpf(p)
    tail, z = min(p, 1 - p), mpf(0)
    for _ in range(200):
        upper = normal_upper_tail(z)
        step = log(upper / tail) * upper / normal_density(z)
        z += step
        if abs(step) <= abs(z) * mpf(10) ** -25:
            return z if p > 0.5 else -z
    raise ArithmeticError(p)


def cases():
    for z in [-36.5, -8.25, -1.0, 0.0, 1e-10, 0.6745, 1.96, 5.5, 12.3, 26.7, 37.03]:
        yield normal_density, z
    for z in [-37.0, -8.25, -1.0, -1e-3, 1e-10, 0.1, 0.6745, 1.0, 1.6449, 1.96, 2.5758, 3.3, 5.0, 7.77, 10.0]:
        yield normal_upper_tail, z
    for z in [12.3, 15.1, 20.2, 25.25, 26.6, 28.3, 30.1, 33.33, 35.9, 37.0, 37.03]:
        yield normal_upper_tail, z
    for z in [-30.1, -1.96, 1e-10, 0.5, 2.0, 15.1, 37.03]:
        yield normal_two_sided, z
    for p in [1e-300, 3e-200, 1e-100, 1e-50, 1e-20, 1e-11, 2e-11, 1e-5, 0.001, 0.005, 0.025, 0.05, 0.074]:
        yield normal_quantile, p
    for p in [0.076, 0.1, 0.24, 0.26, 0.3, 0.499, 0.5 + 2**-50, 0.5 + 1e-9, 0.6, 0.75, 0.9, 0.95]:
        yield normal_quantile, p
    for p in [0.975, 0.995, 0.9995, 1 - 1e-10, 1 - 2**-53]:
        yield normal_quantile, p

    for dof in [0.01, 0.3, 1.0, 2.0, 3.7, 10.0, 49.0, 1234.5, 1e6, 1e9, 1e15, inf]:
        for t in [1e-10, 0.7, 1.0, 2.0, 6.5, 36.5]:
            yield student_two_sided, t, dof
    for t, dof in [(1e150, 0.01), (1e150, 1.9), (1e50, 5.5), (3e7, 30.0), (1000.0, 99.5), (80.0, 500.0)]:
        yield student_two_sided, t, dof
    for t, dof in [(1e200, 0.5), (1e308, 0.01), (25.25, 1e9), (30.75, 1e4), (37.1, 1e5)]:
        yield student_two_sided, t, dof
    for t, dof in [(-1e-3, 5.0), (-2.5, 7.3), (-40.0, 1e6), (1.5, 22.0), (9.0, 22.0), (12.0, 12345.6)]:
        yield student_upper_tail, t, dof
    for dof in [0.01, 0.5, 1.0, 2.0, 3.99, 9.9, 10.1, 49.0, 1234.5, 1e6, 1e9, inf]:
        for p in [0.025, 0.5 + 1e-6, 0.6, 0.975, 0.995] if dof < 1 else [0.5 + 1e-6, 0.6, 0.975, 0.995]:
            yield student_quantile, p, dof
    for p, dof in [(1e-300, 2.0), (1e-300, 9.5), (1e-300, 11.0), (1e-300, 1e6), (1e-100, 20.0), (1e-12, 1e9)]:
        yield student_quantile, p, dof
    for p, dof in [(0.24, 5.0), (0.26, 5.0), (0.9999, 0.05), (1 - 2**-53, 3.3), (0.5 + 2**-50, 7.0)]:
        yield student_quantile, p, dof

    for f, df1, df2 in [
        (1e-6, 0.01, 5.0), (0.5, 0.01, 0.01), (3.0, 0.01, 1e9), (1e10, 0.01, 0.5), (1e300, 3.0, 0.01),
        (0.03, 0.3, 7.7), (2.0, 0.3, 0.4), (1e-3, 5.0, 0.01), (1e9, 1e9, 0.01), (0.5, 1e9, 0.01),
        (0.25, 1.0, 1.0), (4.0, 1.0, 49.0), (1e60, 1.0, 9.5), (3.84, 1.0, 1e9), (1300.0, 1.0, 1e6),
        (0.1, 2.0, 3.0), (1.0, 2.0, 3.0), (6.0, 2.0, 3.0), (1e120, 2.0, 4.9), (2.6, 3.3, 17.2),
        (0.9, 5.0, 30.0), (2.5, 5.0, 30.0), (50.0, 5.0, 30.0), (1e15, 5.0, 30.0), (260.0, 5.0, 1e6),
        (0.99, 100.0, 200.0), (1.01, 100.0, 200.0), (1.5, 100.0, 200.0), (25.0, 100.0, 200.0),
        (0.5, 1000.0, 10.0), (1.0, 1000.0, 10.0), (3.0, 1000.0, 10.0), (1e50, 1000.0, 10.0),
        (1.1, 1000.0, 1e6), (1.5, 1000.0, 1e6), (2.5, 1000.0, 1e6), (0.98, 12345.6, 54321.9),
        (1.0, 1e6, 1e6), (1.003, 1e6, 1e6), (1.0625, 1e6, 1e6), (0.999, 1e6, 1e9), (1.05, 1e6, 1e9),
        (1.0, 1e9, 1e9), (1.0001, 1e9, 1e9), (1.00225, 1e9, 1e9), (0.99995, 1e9, 1e9), (1.0000015, 1e12, 1e12),
        (2.5, 4.0, inf), (330.0, 4.0, inf), (0.02, 0.1, inf), (1.001, 1e6, inf), (1.00162, 1e9, inf),
        (2.5, 4.0, 1e21), (2.5, 4.0, 1e24),
    ]:
        yield fisher_upper_tail, f, df1, df2

    for x, df in [
        (1e-8, 0.01), (0.19, 0.01), (0.21, 0.01), (5.0, 0.01), (1300.0, 0.01), (0.05, 0.3), (3.3, 0.3),
        (1e-10, 1.0), (0.5, 1.0), (3.84, 1.0), (30.0, 1.0), (1365.0, 1.0), (1e-3, 2.0), (6.0, 2.0), (1380.0, 2.0),
        (0.7, 3.7), (3.7, 3.7), (11.1, 3.7), (700.25, 3.7), (5.0, 10.0), (18.3, 10.0), (1400.0, 10.0),
        (40.0, 49.0), (49.0, 49.0), (66.3, 49.0), (1500.0, 49.0), (900.0, 1000.0), (1000.0, 1000.0),
        (1100.0, 1000.0), (3250.0, 1000.0), (12000.5, 12345.6), (12345.6, 12345.6), (18000.0, 12345.6),
        (998000.0, 1e6), (1e6, 1e6), (1003000.0, 1e6), (1052000.0, 1e6), (999950000.0, 1e9), (1e9, 1e9),
        (1000044721.0, 1e9), (1001650000.0, 1e9), (1000003000000.0, 1e12),
    ]:
        yield chi_squared_upper_tail, x, df


def main():
    print(f"# mpmath {mpmath.__version__}, {mp.dps} digits, written by reference.py; arguments are exact doubles")
    print("quantity,arg1,arg2,arg3,value")
    for function, *arguments in cases():
        value = function(*arguments)
        assert abs(value) >= SMALLEST, (function, arguments, value)
        columns = [repr(float(argument)) for argument in arguments] + [""] * (3 - len(arguments))
        print(",".join([function.__name__, *columns, mp.nstr(value, 17, strip_zeros=False, min_fixed=0, max_fixed=0)]), flush=True)


if __name__ == "__main__":
    main()
