#!/usr/bin/python3
"""Writes the golden figures of the tests of protocols and perceptual metrics with numpy, scipy and scikit-learn.

Run with Debian's Python in this folder. Formula only, each written down from its publication and independent of ours;
the draws are numpy's own. ../official has what the reference implementations give. real.bin, generated.bin and
logits.bin are those of ../metrics.py. maps.bin holds, layer after layer, the maps of the first images [3, C, H, W],
those of the second, and the weights [C], float32; shares.bin rows [60 + 50, 9] float32; figures.txt "name value" lines.
"""
import numpy as np
import scipy
import scipy.linalg
import scipy.special
import sklearn
import sklearn.metrics
from scipy.spatial.distance import pdist
from sklearn.metrics.pairwise import polynomial_kernel

LAYERS = ((6, 5, 4), (4, 3, 3), (9, 2, 1))
TRAINING_IMAGES = [500, 101, 100, 99, 60, 21, 20, 19, 5, 1]


def frechet(a, b, ddof=1):
    c1, c2 = np.cov(a, rowvar=False, ddof=ddof), np.cov(b, rowvar=False, ddof=ddof)
    root = scipy.linalg.sqrtm(c1 @ c2).real
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(c1 + c2 - 2 * root)


def frechet_by_eigenvalues(a, b):
    c1, c2 = np.cov(a, rowvar=False), np.cov(b, rowvar=False)
    roots = np.sqrt(np.linalg.eigvals(c1 @ c2).astype("complex128")).real.sum()
    return ((a.mean(0) - b.mean(0)) ** 2).sum() + np.trace(c1) + np.trace(c2) - 2 * roots


def kernel_distance(x, y):
    """Unbiased MMD^2 with scikit-learn's polynomial kernel (gamma 1 / D, coef0 1)."""
    m, n = len(x), len(y)
    xx, yy, xy = polynomial_kernel(x, x, 3), polynomial_kernel(y, y, 3), polynomial_kernel(x, y, 3)
    others = lambda k: k[~np.eye(len(k), dtype=bool)].sum()
    return others(xx) / (m * (m - 1)) + others(yy) / (n * (n - 1)) - 2 * xy.mean()


def kernel_distance_of_subsets(x, y, subsets, rows, seed):
    random, values = np.random.RandomState(seed), []
    for _ in range(subsets):
        a = x[random.choice(len(x), rows, replace=False)]
        b = y[random.choice(len(y), rows, replace=False)]
        values.append(kernel_distance(a, b))
    return np.mean(values), np.std(values)


def inception_score(logits, splits):
    p = scipy.special.softmax(logits, axis=1)
    scores = []
    for i in range(splits):
        part = p[i * len(p) // splits : (i + 1) * len(p) // splits]
        scores.append(np.exp(scipy.special.rel_entr(part, part.mean(0, keepdims=True)).sum(1).mean()))
    return np.mean(scores), np.std(scores)


def maps(rng):
    """Activations of two images and weights, layer after layer, for the distances of ../official."""
    written = []
    for channels, height, width in LAYERS:
        first, second = (rng.standard_normal((3, channels, height, width)).clip(0).astype("f4") for _ in range(2))
        first[0, :, 0, 0] = 0  # a position without any activation
        first[1, :, 0, 0] *= 1e-10  # and one where the epsilon shows
        written += [first, second, rng.uniform(0, 1, channels).astype("f4")]
    np.concatenate([v.ravel() for v in written]).astype("<f4").tofile("maps.bin")


def main():
    rows = lambda name, width: np.fromfile(f"../{name}.bin", "<f4").reshape(-1, width).astype(np.float64)
    a, b, logits = rows("real", 12), rows("generated", 12), rows("logits", 7)
    rng = np.random.default_rng(23)
    figures = {
        "frechet.population": frechet(a, b, ddof=0),
        "frechet.eigenvalues": frechet_by_eigenvalues(a, b),
        "kernel.all": kernel_distance(a, b),
    }
    figures["kernel.subsets.mean"], figures["kernel.subsets.std"] = kernel_distance_of_subsets(a, b, 7, 50, 2020)
    order = np.random.RandomState(2020).permutation(len(logits))
    figures["inception.shuffled.mean"], figures["inception.shuffled.std"] = inception_score(logits[order], 10)
    maps(rng)
    shares = np.concatenate([rng.dirichlet(np.ones(9), 60), rng.dirichlet(np.linspace(0.5, 2, 9), 50)]).astype("<f4")
    shares.tofile("shares.bin")
    percent = shares.astype(np.float64) * 100
    figures["segmentation"] = frechet(percent[:60], percent[60:])
    counts, real_class, generated_class = np.array(TRAINING_IMAGES), np.arange(300) % 10, np.arange(260) * 3 % 10
    strata = {
        "paper": (counts > 100, (counts >= 20) & (counts <= 100), counts < 20),
        "code": (counts >= 100, (counts > 20) & (counts < 100), counts <= 20),
    }
    for boundaries, members in strata.items():
        for stratum, within in zip(("many", "medium", "few"), members):
            value = frechet(a[within[real_class]], b[within[generated_class]])
            figures[f"stratified.{boundaries}.{stratum}"] = value
    layout, found = np.arange(700) * 13 % 6, np.arange(700) * 17 // 5 % 5
    figures["agreement.iou"] = sklearn.metrics.jaccard_score(layout, found, average="macro")
    figures["agreement.accuracy"] = sklearn.metrics.accuracy_score(layout, found)
    labeled = np.arange(700) % 9 != 4  # 255 in a map
    figures["agreement.labeled.iou"] = sklearn.metrics.jaccard_score(layout[labeled], found[labeled], average="macro")
    figures["agreement.labeled.accuracy"] = sklearn.metrics.accuracy_score(layout[labeled], found[labeled])
    wanted, seen = np.arange(200) * 7 % 5, np.where(np.arange(200) % 3 == 1, np.arange(200) * 11 % 5, np.arange(200) * 7 % 5)
    figures["attributes.all"] = sklearn.metrics.accuracy_score(wanted, seen)
    for value, share in enumerate(sklearn.metrics.recall_score(wanted, seen, average=None)):
        figures[f"attributes.{value}"] = share
    images = np.sin(np.arange(60.0) ** 2)[:, None]  # the distance of two is the difference
    condition = np.arange(60) * 7 % 13
    means = [pdist(images[condition == c]).mean() for c in range(13)]
    figures["diversity.conditions"] = np.mean(means)
    figures["diversity.classes"] = np.mean([np.mean(means[c::3]) for c in range(3)])
    statistic = np.sin(np.arange(41.0))
    figures["bootstrap.low"], figures["bootstrap.high"] = np.percentile(statistic, (2.5, 97.5))
    figures["repetitions.mean"], figures["repetitions.std"] = statistic.mean(), statistic.std(ddof=1)
    figures["paired.mean"], figures["paired.std"] = np.abs(statistic).mean(), np.abs(statistic).std()
    with open("figures.txt", "w") as out:
        for name, value in figures.items():
            out.write(f"{name} {float(value)!r}\n")
    versions = {"numpy": np, "scipy": scipy, "scikit-learn": sklearn}
    with open("VERSIONS", "w") as out:
        out.write(", ".join(f"{name} {module.__version__}" for name, module in versions.items()) + "\n")
    permutations = [np.random.RandomState(seed).permutation(n) for seed, n in ((2020, 1000), (0, 7), (4294967295, 65))]
    np.concatenate(permutations).astype("<i4").tofile("permutations.bin")


main()
