#!/usr/bin/python3
"""Writes the golden figures of OfficialFiguresTest with the unmodified reference implementations.

Run with Debian's Python in this folder, with one argument: a folder that holds checkouts of these repositories, each at
the commit below and in a folder of the repository's name. Their functions are called as they are, on what the scripts
beside this folder made: ../real.bin and ../generated.bin float32 [N, 12], ../logits.bin float32 [205, 7] and
../protocols/maps.bin. The networks in front of the functions are not run. figures.txt holds "name value" lines,
points.bin float32 [900, 2].
"""
import contextlib
import importlib
import io
import sys
import types
from pathlib import Path
from unittest import mock

import numpy as np
import scipy
import sklearn
import torch

COMMITS = {
    "mseitzer/pytorch-fid": "b9c18118d082cbd263c1b8963fc4221dc1cbb659",
    "toshas/torch-fidelity": "5e211a950a7b45206bd4976813ffd6aed6cf4ccc",
    "GaParmar/clean-fid": "e88c4d6269a4bbf04c04deeb578475b57719acee",
    "NVlabs/stylegan2-ada-pytorch": "d72cc7d041b42ec8e806021a205ed9349f87c6a4",
    "facebookresearch/ic_gan": "8eff2f7390e385e801993211a941f3592c50984d",
    "clovaai/generative-evaluation-prdc": "e320c1d2811d33081361a08f595b43830b78641c",
    "richzhang/PerceptualSimilarity": "082bb24f84c091ea94de2867d34c4544f68e0963",
    "stevliu/self-conditioned-gan": "a12fc3a998767f4fa9976f6af2a567e244c60af0",
}
SUBSETS, ROWS, SEED, SPLITS = 7, 50, 2020, 10


def module(folder, name):
    """A module of a checkout, with placeholders for packages that only its unused parts import."""
    sys.modules["tqdm"] = types.SimpleNamespace(tqdm=lambda steps, **_: steps)
    sys.path.insert(0, str(Path(sys.argv[1], folder)))
    try:
        while True:
            try:
                return importlib.import_module(name)
            except ModuleNotFoundError as missing:
                if missing.name.split(".")[0] == name.split(".")[0]:
                    raise
                sys.modules[missing.name] = mock.MagicMock(__path__=[])
    finally:
        sys.path.pop(0)


def statistics(x):
    return np.mean(x, axis=0), np.cov(x, rowvar=False)


def pytorch_fid(a, b):
    score = module("pytorch-fid/src", "pytorch_fid.fid_score")
    yield "pytorch-fid.fid", score.calculate_frechet_distance(*statistics(a), *statistics(b))


def torch_fidelity(a, b, logits):
    first, second = torch.from_numpy(a), torch.from_numpy(b)
    fid = module("torch-fidelity", "torch_fidelity.metric_fid")
    figures = [fid.fid_features_to_statistics(x.double()) for x in (first, second)]
    yield "torch-fidelity.fid", fid.fid_statistics_to_metric(*figures, False)["frechet_inception_distance"]
    isc = module("torch-fidelity", "torch_fidelity.metric_isc")
    score = isc.isc_features_to_metric(torch.from_numpy(logits), SPLITS, True, SEED)
    yield "torch-fidelity.is.mean", score["inception_score_mean"]
    yield "torch-fidelity.is.std", score["inception_score_std"]
    kid = module("torch-fidelity", "torch_fidelity.metric_kid")
    settings = {"kid_subsets": SUBSETS, "kid_subset_size": ROWS, "rng_seed": SEED, "verbose": False}
    score = kid.kid_features_to_metric(first.double(), second.double(), **settings)
    yield "torch-fidelity.kid.mean", score["kernel_inception_distance_mean"]
    yield "torch-fidelity.kid.std", score["kernel_inception_distance_std"]
    prc = module("torch-fidelity", "torch_fidelity.metric_prc")
    # It takes the generated set first.
    score = prc.prc_features_to_metric(second, first, prc_neighborhood=3, verbose=False)
    yield "torch-fidelity.precision", score["precision"]
    yield "torch-fidelity.recall", score["recall"]


def clean_fid(a, b):
    fid = module("clean-fid", "cleanfid.fid")
    yield "clean-fid.fid", fid.frechet_distance(*statistics(a), *statistics(b))
    # All rows of the smaller set, so that the draws decide nothing but which of the larger are left out.
    wide = (a[:260].astype(np.float64), b.astype(np.float64))
    yield "clean-fid.kid", fid.kernel_distance(*wide, num_subsets=1, max_subset_size=260)


def stylegan2_ada(a, b):
    fid = module("stylegan2-ada-pytorch", "metrics.frechet_inception_distance")
    stats = fid.metric_utils.FeatureStats
    sides = []
    for x in (a, b):
        gathered = stats(capture_all=True, capture_mean_cov=True)
        for part in np.array_split(x, 3):
            gathered.append(part)
        sides.append(gathered)
    given = {
        "compute_feature_stats_for_dataset": lambda **_: sides[0],
        "compute_feature_stats_for_generator": lambda **_: sides[1],
    }
    with mock.patch.multiple(fid.metric_utils, **given):
        options = types.SimpleNamespace(rank=0, num_gpus=1, device="cpu")
        yield "stylegan2-ada.fid", fid.compute_fid(options, None, None)


def ic_gan(a, b, logits):
    for name in [name for name in sys.modules if name.split(".")[0] == "metrics"]:
        del sys.modules[name]
    inception = module("ic_gan", "data_utils.inception_utils")
    yield "ic-gan.fid", inception.numpy_calculate_frechet_distance(*statistics(a), *statistics(b))
    shares = torch.softmax(torch.from_numpy(logits).double(), 1).numpy()
    mean, std = inception.calculate_inception_score(shares, SPLITS)
    yield "ic-gan.is.mean", mean
    yield "ic-gan.is.std", std
    prdc = module("ic_gan", "data_utils.compute_pdrc")
    for name, value in prdc.compute_prdc(a, b, nearest_k=5).items():
        yield f"ic-gan.{name}", value


def naver_prdc(a, b):
    prdc = module("generative-evaluation-prdc", "prdc.prdc")
    for k in (3, 5):
        for name, value in prdc.compute_prdc(a, b, nearest_k=k).items():
            yield f"prdc.{name}.{k}", value


class Given:
    """In place of a trunk: its maps are those of ../protocols/maps.bin."""

    def __init__(self, maps):
        self.maps = iter(maps)

    def forward(self, image):
        return next(self.maps)


def perceptual():
    lpips = module("PerceptualSimilarity", "lpips")
    layers, values = ((6, 5, 4), (4, 3, 3), (9, 2, 1)), np.fromfile("../protocols/maps.bin", "<f4")
    first, second, weights = [], [], []
    for channels, height, width in layers:
        for side in (first, second):
            size = 3 * channels * height * width
            side.append(torch.from_numpy(values[:size].reshape(3, channels, height, width)).double())
            values = values[size:]
        weights.append(torch.from_numpy(values[:channels].reshape(1, channels, 1, 1)).double())
        values = values[channels:]
    distance = lpips.LPIPS(net="alex", pretrained=False, pnet_rand=True, verbose=False).double()
    distance.L = len(layers)
    for linear, weight in zip(distance.lins, weights):
        linear.model[-1].weight = torch.nn.Parameter(weight)
    del distance._modules["net"]
    distance.net = Given([first, second])
    image = torch.zeros(3, 3, 8, 8, dtype=torch.float64)
    for pair, value in enumerate(distance(image, image).flatten().tolist()):
        yield f"lpips.{pair}", value


def self_conditioned(rng):
    evaluation = module("self-conditioned-gan/2d_mix", "evaluation")
    corners = np.array([(2 * i - 4, 2 * j - 4) for i in range(5) for j in range(5)])
    turns = np.arange(8) * np.pi / 4
    ring = 2 * np.stack([np.sin(turns), np.cos(turns)], 1)
    # Three modes are left out, the spread is twice that of the data.
    grid_points = corners[rng.integers(0, 22, 500)] + rng.standard_normal((500, 2)) * 0.1
    ring_points = ring[rng.integers(0, 7, 400)] + rng.standard_normal((400, 2)) * 0.02
    points = np.concatenate([grid_points, ring_points]).astype("<f4")
    points.tofile("points.bin")
    for name, figures in (
        ("grid", evaluation.percent_good_grid(points[:500].astype(np.float64))),
        ("ring", evaluation.percent_good_ring(points[500:].astype(np.float64))),
    ):
        for metric, value in zip(("quality", "modes", "reverse-kl"), figures):
            yield f"self-conditioned.{name}.{metric}", value
    classes = np.arange(600) * 5 // 7 % 9
    clusters = np.where(np.arange(600) % 4 == 0, np.arange(600) * 7 // 11 % 13, (classes + 2) % 9)
    metrics = module("self-conditioned-gan", "gan_training.metrics.clustering_metrics")
    yield "self-conditioned.purity", metrics.purity_score(clusters, classes)
    yield "self-conditioned.nmi", metrics.nmi(clusters, classes)


def main():
    rows = lambda name, width: np.fromfile(f"../{name}.bin", "<f4").reshape(-1, width)
    a, b, logits = rows("real", 12), rows("generated", 12), rows("logits", 7)
    wide = (a.astype(np.float64), b.astype(np.float64))
    np.random.seed(SEED)
    figures = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in (
            pytorch_fid(*wide),
            torch_fidelity(a, b, logits),
            clean_fid(*wide),
            stylegan2_ada(a, b),
            ic_gan(*wide, logits),
            naver_prdc(*wide),
            perceptual(),
            self_conditioned(np.random.default_rng(31)),
        ):
            figures.update(source)
    with open("figures.txt", "w") as out:
        for name, value in figures.items():
            out.write(f"{name} {float(value)!r}\n")
    with open("VERSIONS", "w") as out:
        for name, commit in COMMITS.items():
            out.write(f"{name} {commit}\n")
        for used in (np, scipy, sklearn, torch):
            out.write(f"{used.__name__} {used.__version__}\n")


main()
