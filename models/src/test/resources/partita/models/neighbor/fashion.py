#!/usr/bin/python3
"""Writes the golden files of FashionNeighborsTest: neighbors of Fashion-MNIST's 10,000 test images by faiss.

Run with Debian's Python (python3-faiss, dataset-fashion-mnist) in this folder. Features of the pixels p, in closed form:
relu [10000, 32] = clip(p W // 64, 0, 500) with W[i, j] = (31 i + 17 j + 7 i j) mod 11 - 5,
sign [10000, 64] = +1 where p V >= 0, else -1, with V[i, j] = (i i + 13 i j + 5 j) mod 23 - 11.
Inner products of sign and squared distances of relu are exact in float32, whatever the order of additions, so that
neighbors are compared id by id; of equal scores the smaller id comes first. Cosines of relu are rounded.

fashion.txt has "name sha256 of the ids, int32 little-endian [N, k]"; fashion.relu.{ids,scores}.bin are int32 and
float32 [200, 50], the cosine neighbors of the first 200 images among all.
"""
import gzip
import hashlib

import faiss
import numpy as np

IMAGES = "/usr/share/datasets/fashion-mnist/t10k-images-idx3-ubyte.gz"


def features():
    pixels = np.frombuffer(gzip.open(IMAGES).read()[16:], np.uint8).reshape(-1, 784).astype(np.int64)
    i = np.arange(784)[:, None]
    j = np.arange(32)
    relu = np.clip(pixels @ ((31 * i + 17 * j + 7 * i * j) % 11 - 5) // 64, 0, 500)
    j = np.arange(64)
    sign = np.where(pixels @ ((i * i + 13 * i * j + 5 * j) % 23 - 11) >= 0, 1, -1)
    return relu.astype(np.float32), sign.astype(np.float32)


def neighbors(x, k, cosine, queries=None):
    """Ids and scores (descending) of the k nearest others. faiss is asked for more until no tie is cut at the end."""
    x = x.copy()
    if cosine:
        faiss.normalize_L2(x)
    index = faiss.IndexFlatIP(x.shape[1]) if cosine else faiss.IndexFlatL2(x.shape[1])
    index.add(x)
    queries = len(x) if queries is None else queries
    all_ids, all_scores = np.empty((queries, k), "<i4"), np.empty((queries, k), "<f4")
    depth, todo = k + 1, np.arange(queries)
    while len(todo):
        depth = min(len(x), 2 * depth)
        scores, ids = index.search(x[todo], depth)
        scores = scores if cosine else -scores
        done = (scores[:, -1] < scores[:, k]) | (depth == len(x))
        for row, s, d in zip(todo[done], scores[done], ids[done]):
            order = np.lexsort((d, -s))
            order = order[d[order] != row][:k]
            all_ids[row], all_scores[row] = d[order], s[order]
        todo = todo[~done]
    return all_ids, all_scores


def main():
    relu, sign = features()
    with open("fashion.txt", "w") as out:
        out.write(f"# faiss {faiss.__version__}, numpy {np.__version__}\n")
        for name, x, cosine in (("sign", sign, True), ("relu", relu, False)):
            for rows, k in ((10000, 1), (10000, 50), (400, 399)):
                ids, _ = neighbors(x[:rows], k, cosine)
                out.write(f"{name}.{rows}.{k} {hashlib.sha256(ids.tobytes()).hexdigest()}\n")
    ids, scores = neighbors(relu, 50, True, 200)
    ids.tofile("fashion.relu.ids.bin")
    scores.tofile("fashion.relu.scores.bin")


main()
