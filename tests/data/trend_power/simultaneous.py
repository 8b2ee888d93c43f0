"""Critical values of sup-t bands for equal correlations by quadrature (numpy, scipy); prints them."""
import numpy as np
from scipy import optimize, stats

NODES, WEIGHTS = np.polynomial.legendre.leggauss(400)


def coverage(c, size, rho, dof):
    """P(|sqrt(rho) f + sqrt(1 - rho) e_i| <= c s for all i), averaged over f (and s)."""
    root, rest = np.sqrt(rho), np.sqrt(1 - rho)
    f, f_weights = 9 * NODES, 9 * WEIGHTS * stats.norm.pdf(9 * NODES)
    if dof is None:
        s, s_weights = np.ones(1), np.ones(1)
    else:
        scale = stats.chi(dof, scale=1 / np.sqrt(dof))
        low, high = scale.ppf(1e-14), scale.isf(1e-14)
        s = low + (high - low) * (1 + NODES) / 2
        s_weights = (high - low) / 2 * WEIGHTS * scale.pdf(s)
    centre = root * f[:, None]
    inside = stats.norm.cdf((c * s - centre) / rest) - stats.norm.cdf((-c * s - centre) / rest)
    return f_weights @ inside**size @ s_weights


for size, rho, dof in [(3, 0.5, None), (9, 0.5, None), (3, 0.5, 10), (5, 0.5, 107)]:
    critical = optimize.brentq(lambda c: coverage(c, size, rho, dof) - 0.95, 1.9, 4, xtol=1e-12)
    print(size, rho, dof, repr(critical))
