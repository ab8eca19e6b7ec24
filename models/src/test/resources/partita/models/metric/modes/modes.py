#!/usr/bin/python3
"""Writes the golden figures of ModeCoverageTest with the reference's own function, unmodified.

Run with Debian's Python in this folder: modes.py PATH, where PATH is 2d_mix/evaluation.py of the repository
stevliu/self-conditioned-gan at commit a12fc3a; another file is refused by its SHA-256. NAME.bin is raw little-endian
float32 [N, 2]; figures.txt holds "name share-of-high-quality modes kl", the function's three results, and then the share
within 3 sigma of some mean, which the paper defines and the reference does not compute (formula only).
"""
import hashlib
import importlib.util
import sys

import numpy as np

DIGEST = "94cdaa7e51a7e9d9422403ed6531f9923042172f10340256052cb16ef3d64423"


def reference(path):
    with open(path, "rb") as source:
        found = hashlib.sha256(source.read()).hexdigest()
    if found != DIGEST:
        sys.exit(f"Cannot use {path}: found SHA-256 {found}, expected {DIGEST}, 2d_mix/evaluation.py at a12fc3a")
    spec = importlib.util.spec_from_file_location("evaluation", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def ring(radius):
    angles = 2 * np.pi * np.arange(8) / 8
    return radius * np.stack([np.cos(angles), np.sin(angles)], 1)


def grid():
    return np.array([[2 * i - 4, 2 * j - 4] for i in range(5) for j in range(5)], dtype=np.float64)


def points(rng, means, sigma, modes, count, spread, strays):
    """Points of some of the modes, unequally often, too wide by a factor, and strays anywhere."""
    weights = rng.dirichlet(np.ones(len(modes)))
    near = means[rng.choice(modes, count - strays, p=weights)]
    near = near + spread * sigma * rng.standard_normal(near.shape)
    far = rng.uniform(means.min() - 1, means.max() + 1, (strays, 2))
    return np.concatenate([near, far]).astype("<f4")


def within_radius(x, means, sigma):
    distances = np.linalg.norm(x[:, None].astype(np.float64) - means[None], axis=2)
    return (distances.min(1) <= 3 * sigma).mean()


def main():
    evaluation = reference(sys.argv[1])
    rng = np.random.default_rng(4)
    cases = {
        "grid": (points(rng, grid(), 0.05, range(25), 900, 1.3, 60), grid(), 0.05),
        "grid-collapsed": (points(rng, grid(), 0.05, [3, 7, 8, 21], 300, 1.0, 0), grid(), 0.05),
        "ring-paper": (points(rng, ring(1), 0.01, [0, 1, 2, 4, 5, 7], 600, 1.6, 40), ring(1), 0.01),
        "ring-code": (points(rng, ring(2), 0.01, range(8), 600, 1.1, 10), ring(2), 0.01),
    }
    with open("figures.txt", "w") as out:
        for name, (x, means, sigma) in cases.items():
            x.tofile(name + ".bin")
            if name.startswith("grid"):
                good, modes, kl = evaluation.percent_good_grid(x)
            else:
                good, modes, kl = evaluation.percent_good_ring(x, radius={"ring-paper": 1.0, "ring-code": 2.0}[name])
            out.write(f"{name} {good!r} {modes} {kl!r} {within_radius(x, means, sigma)!r}\n")
    with open("VERSIONS", "w") as out:
        out.write(f"stevliu/self-conditioned-gan a12fc3a 2d_mix/evaluation.py sha256 {DIGEST}, numpy {np.__version__}\n")


main()
