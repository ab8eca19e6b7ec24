#!/usr/bin/python3
"""Writes the golden figures of the metric tests from the published formulas with numpy, scipy and scikit-learn.

Run with Debian's Python in this folder; official/official.py has the figures of the reference implementations.
real.bin and generated.bin are raw little-endian float32 [N, 12]; logits.bin float32 [205, 7]; figures.txt holds
"name value" lines.
"""
import numpy as np
import scipy
import scipy.linalg
import sklearn
from sklearn.metrics import pairwise_distances


def frechet(a, b):
    c1, c2 = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    root = scipy.linalg.sqrtm(c1 @ c2).real
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(c1 + c2 - 2 * root)


def frechet_by_svd(a, b):
    """tr (C1 C2)^(1/2) as the nuclear norm of X1c X2c' / sqrt((n1 - 1)(n2 - 1)): exact at any rank."""
    a0, b0 = a - a.mean(0), b - b.mean(0)
    traces = (a0**2).sum() / (len(a) - 1) + (b0**2).sum() / (len(b) - 1)
    nuclear = np.linalg.svd(a0 @ b0.T, compute_uv=False).sum() / np.sqrt((len(a) - 1) * (len(b) - 1))
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + traces - 2 * nuclear


def inception_score(logits, splits):
    p = scipy.special.softmax(logits, axis=1)
    n, scores = len(p), []
    for i in range(splits):
        part = p[i * n // splits : (i + 1) * n // splits]
        q = part.mean(0, keepdims=True)
        scores.append(np.exp((part * (np.log(part) - np.log(q))).sum(1).mean()))
    return np.mean(scores), np.std(scores)


def radii(x, k):
    return np.partition(pairwise_distances(x), k, axis=1)[:, k]


def diversity(features, instance):
    unit = features / np.linalg.norm(features, axis=1, keepdims=True)
    means = []
    for one in np.unique(instance):
        u = unit[instance == one]
        if len(u) > 1:
            above = np.triu_indices(len(u), 1)
            means.append((1 - u @ u.T)[above].mean())
    return np.mean(means)


def main():
    rng = np.random.default_rng(11)
    mix = rng.standard_normal((12, 12)) * rng.uniform(0.2, 2, 12)
    real = (rng.standard_normal((300, 12)) @ mix).astype(np.float32)
    generated = (rng.standard_normal((260, 12)) @ (mix * 0.8) + 0.4).astype(np.float32)
    real.astype("<f4").tofile("real.bin")
    generated.astype("<f4").tofile("generated.bin")
    logits = (3 * rng.standard_normal((205, 7))).astype(np.float32)
    logits.astype("<f4").tofile("logits.bin")
    a, b = real.astype(np.float64), generated.astype(np.float64)
    figures = {
        "frechet": frechet(a, b),
        "frechet.svd": frechet_by_svd(a, b),
        "frechet.deficient": frechet_by_svd(a[:7], b[:9]),
        "frechet.wide": frechet_by_svd(a.reshape(-1, 100), b.reshape(-1)[:3000].reshape(-1, 100)),
    }
    figures["inception.mean"], figures["inception.std"] = inception_score(logits.astype(np.float64), 10)
    d = pairwise_distances(a, b)
    for k in (3, 5):
        r, g = radii(a, k), radii(b, k)
        figures[f"improved.precision.{k}"] = (d <= r[:, None]).any(0).mean()
        figures[f"improved.recall.{k}"] = (d <= g[None, :]).any(1).mean()
        figures[f"prdc.precision.{k}"] = (d < r[:, None]).any(0).mean()
        figures[f"prdc.recall.{k}"] = (d < g[None, :]).any(1).mean()
        figures[f"prdc.density.{k}"] = (d < r[:, None]).sum() / (k * len(b))
        figures[f"prdc.coverage.{k}"] = (d.min(1) < r).mean()
    figures["diversity"] = diversity(b, np.arange(260) * 7 % 61)
    with open("figures.txt", "w") as out:
        for name, value in figures.items():
            out.write(f"{name} {value!r}\n")
    with open("VERSIONS", "w") as out:
        out.write(f"numpy {np.__version__}, scipy {scipy.__version__}, scikit-learn {sklearn.__version__}\n")


main()
