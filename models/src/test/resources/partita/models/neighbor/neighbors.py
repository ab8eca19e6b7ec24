#!/usr/bin/python3
"""Writes the golden files of ExactNeighborsTest: neighbors as faiss IndexFlatIP and IndexFlatL2 find them.

Run with Debian's Python in this folder. Files are little-endian and raw: features float32 [N, D], ids int32 [N, k],
scores float32 [N, k] (inner products of L2-normalized rows; squared distances for IndexFlatL2).
"""
import faiss
import numpy as np


def without_self(ids, scores, k):
    """Drops each row's own id; where duplicates crowded it out, the last column."""
    kept_ids, kept_scores = [], []
    for row, (found, score) in enumerate(zip(ids, scores)):
        keep = [j for j in range(k + 1) if found[j] != row][:k]
        kept_ids.append(found[keep])
        kept_scores.append(score[keep])
    return np.array(kept_ids), np.array(kept_scores)


def write(name, features, k, index):
    index.add(features)
    scores, ids = index.search(features, k + 1)
    ids, scores = without_self(ids, scores, k)
    ids.astype("<i4").tofile(f"{name}.ids.bin")
    scores.astype("<f4").tofile(f"{name}.scores.bin")


def main():
    rng = np.random.default_rng(20240131)
    rows = rng.standard_normal((400, 16)).astype(np.float32) * rng.uniform(0.1, 9, (400, 1)).astype(np.float32)
    rows[380:] = rows[:20]  # exact duplicates
    rows.astype("<f4").tofile("features.bin")
    unit = rows.copy()
    faiss.normalize_L2(unit)
    write("cosine.10", unit, 10, faiss.IndexFlatIP(16))
    write("cosine.1", unit, 1, faiss.IndexFlatIP(16))
    write("euclidean.10", rows, 10, faiss.IndexFlatL2(16))
    few = np.ascontiguousarray(unit[:40])
    write("cosine.few.39", few, 39, faiss.IndexFlatIP(16))
    with open("VERSIONS", "w") as out:
        out.write(f"faiss {faiss.__version__}, numpy {np.__version__}\n")


main()
