#!/usr/bin/python3
"""Writes the golden files of KMeansTest: Lloyd's iterations by scikit-learn and faiss.

Run with Debian's Python in this folder. Files are little-endian and raw: points float32 [1200, 8], start float32 [20, 8],
lloyd.centroids float64 [20, 8] (scikit-learn from that start, 8 iterations), objectives float64: scikit-learn's inertia
after 8 iterations, then faiss's objective of each of 20 iterations from its own start; unit float32 [1500, 32], random
directions without structure, and unit.objectives float64, the same of faiss for 30 clusters.
"""
import warnings

import faiss
import numpy as np
import sklearn
from sklearn.cluster import KMeans


def main():
    rng = np.random.default_rng(7)
    centers = rng.uniform(-4, 4, (24, 8))
    points = (centers[rng.integers(0, 24, 1200)] + rng.standard_normal((1200, 8))).astype(np.float32)
    points.astype("<f4").tofile("points.bin")
    start = points[rng.permutation(1200)[:20]]
    start.astype("<f4").tofile("start.bin")
    warnings.simplefilter("ignore")
    lloyd = KMeans(20, init=start.astype(np.float64), n_init=1, max_iter=8, tol=0, algorithm="lloyd")
    lloyd.fit(points.astype(np.float64))
    assert lloyd.n_iter_ == 8
    lloyd.cluster_centers_.astype("<f8").tofile("lloyd.centroids.bin")
    peer = faiss.Kmeans(8, 20, niter=20, seed=1)
    peer.train(points)
    np.concatenate([[lloyd.inertia_], peer.obj]).astype("<f8").tofile("objectives.bin")
    unit = rng.standard_normal((1500, 32), dtype=np.float32)
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    unit.astype("<f4").tofile("unit.bin")
    peer = faiss.Kmeans(32, 30, niter=20, seed=1)
    peer.train(unit)
    np.asarray(peer.obj).astype("<f8").tofile("unit.objectives.bin")
    with open("VERSIONS", "w") as out:
        out.write(f"scikit-learn {sklearn.__version__}, faiss {faiss.__version__}, numpy {np.__version__}\n")


main()
