#!/usr/bin/python3
"""Writes trace.txt, the golden figures of TraceOfRootTest: tr (C1 C2)^(1/2) of covariances of rows of real.bin and
generated.bin, read as [36, 100] and [31, 100]; a covariance has full rank where only 20 columns are taken.

Run with Debian's Python in this folder. "svd" is the sum of the singular values of X1 X2' / sqrt((n1 - 1)(n2 - 1)) of
the centered rows, exact at any rank. "sqrtm" is what FID implementations take, scipy.linalg.sqrtm; of a singular
product it is right to about the root of float64's precision only.
"""
import numpy as np
import scipy
import scipy.linalg


def svd(a, b):
    a0, b0 = a - a.mean(0), b - b.mean(0)
    return scipy.linalg.svdvals(a0 @ b0.T).sum() / np.sqrt((len(a) - 1) * (len(b) - 1))


def sqrtm(a, b):
    return np.trace(scipy.linalg.sqrtm(np.cov(a, rowvar=False) @ np.cov(b, rowvar=False))).real


def main():
    a = np.fromfile("real.bin", "<f4").reshape(36, 100).astype(np.float64)
    b = np.fromfile("generated.bin", "<f4")[:3100].reshape(31, 100).astype(np.float64)
    cases = {
        "full": (a[:, :20], b[:, :20]),
        "first.deficient": (a[:12, :20], b[:, :20]),
        "second.deficient": (a[:, :20], b[:12, :20]),
        "both.deficient": (a, b),
    }
    with open("trace.txt", "w") as out:
        out.write(f"# numpy {np.__version__}, scipy {scipy.__version__}\n")
        for name, (x, y) in cases.items():
            out.write(f"{name}.svd {svd(x, y)!r}\n{name}.sqrtm {sqrtm(x, y)!r}\n")


main()
