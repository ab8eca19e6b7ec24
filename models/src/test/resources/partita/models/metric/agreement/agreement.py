#!/usr/bin/python3
"""Writes the golden figures of ClusterAgreementTest by scikit-learn.

Run with Debian's Python in this folder. A line of cases.txt: name; clusters; classes; NMI with arithmetic and geometric
normalization; purity by clusters, by classes (the arguments swapped, as in the reference's cluster_metrics.py).
"""
import numpy as np
import sklearn
from sklearn.metrics import normalized_mutual_info_score
from sklearn.metrics.cluster import contingency_matrix


def cases():
    rng = np.random.default_rng(5)
    classes = rng.integers(0, 6, 240)
    noisy = np.where(rng.random(240) < 0.4, rng.integers(0, 9, 240), classes)
    yield "noisy", noisy, classes
    yield "random", rng.integers(0, 9, 240), classes
    yield "labels-missing", np.array([2, 40, 7, 0])[noisy % 4], np.array([1, 5, 3, 90, 11, 8])[classes]
    yield "finer", classes * 2 + rng.integers(0, 2, 240), classes
    yield "renamed", (classes + 2) % 6, classes
    yield "one-cluster", np.zeros(240, int), classes
    yield "one-class", noisy, np.full(240, 3)
    yield "one-of-both", np.full(240, 4), np.full(240, 3)
    yield "singleton-clusters", np.arange(60), classes[:60]
    yield "singleton-classes", noisy[:60], np.arange(60)
    yield "singletons-of-both", np.arange(60)[::-1], np.arange(60)
    yield "one-row", np.array([2]), np.array([5])
    yield "independent", np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])


def main():
    with open("cases.txt", "w") as out:
        for name, clusters, classes in cases():
            table = contingency_matrix(classes, clusters)
            figures = [
                normalized_mutual_info_score(classes, clusters, average_method="arithmetic"),
                normalized_mutual_info_score(classes, clusters, average_method="geometric"),
                table.max(0).sum() / table.sum(),
                table.max(1).sum() / table.sum(),
            ]
            numbers = [" ".join(map(str, labels)) for labels in (clusters, classes)]
            out.write(";".join([name] + numbers + [repr(float(figure)) for figure in figures]) + "\n")
    with open("VERSIONS", "w") as out:
        out.write(f"scikit-learn {sklearn.__version__}, numpy {np.__version__}\n")


main()
