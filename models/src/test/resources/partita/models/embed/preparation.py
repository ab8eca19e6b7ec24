"""Writes preparation.txt beside this script: what networks see of an image.

Run with Debian's python3-torch 1.13.1, python3-numpy 1.24.2 and python3-pil 9.4.0: /usr/bin/python3 preparation.py
FOLDER, which holds checkouts of the repositories that metric/official/official.py names, at its commits: their
unmodified functions are called, but for stylegan2-ada, whose resizing is in a network's file: formula only.
Images are a triangular wave with a little noise, a hash of the case's name and index: torch keeps
places in float32, which would cost the fifth digit of an image of nothing but noise. Lines:
  CASE PREPARATION CHANNELS HEIGHT WIDTH
  CASE values PREPARATION V V V ...      every k-th value

The preparations, after their descriptions and the papers that say so:
  imagenet        IC-GAN's embedding: [0, 1], ImageNet's mean and deviation, bicubic to 224
  pytorch-fid     InceptionV3.forward before the first block
  torch-fidelity  interpolate_bilinear_2d_like_tensorflow1x; (x - 128) / 128, as its network does then
  clean-fid       build_resizer("clean"); (x - 128) / 128, as its network does then
  stylegan2-ada   grid_sample at the places of torch-fidelity; (x - 128) / 128
  ic-gan          WrapInception.forward before the first layer
"""

import importlib
import os
import sys
import types
import zlib
from unittest import mock

import numpy
import PIL
import torch
from torch.nn import functional

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
CASES = [("small", 3, 32, 32), ("gray", 1, 28, 28), ("oblong", 3, 375, 260), ("large", 3, 512, 640), ("same", 3, 299, 299)]
lines = [f"# torch {torch.__version__}, PIL {PIL.__version__}, numpy {numpy.__version__}"]


def hashed(name, shape):
    """Uniform in [-1, 1), from 32-bit integer arithmetic."""
    i = numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64)
    mask = numpy.uint64(0xFFFFFFFF)
    h = (i * numpy.uint64(2654435761) + numpy.uint64(zlib.crc32(name.encode()))) & mask
    h ^= h >> numpy.uint64(16)
    h = (h * numpy.uint64(0x85EBCA6B)) & mask
    h ^= h >> numpy.uint64(13)
    h = (h * numpy.uint64(0xC2B2AE35)) & mask
    h ^= h >> numpy.uint64(16)
    values = h.astype(numpy.float64) / 2.0**31 - 1.0
    return torch.from_numpy(values.astype(numpy.float32).reshape(shape))


def picture(name, channels, height, width):
    channel, row, column = torch.meshgrid(
        torch.arange(channels), torch.arange(height), torch.arange(width), indexing="ij"
    )
    phase = (3 * row + 2 * column + 40 * channel) % 510
    wave = torch.minimum(phase, 510 - phase)
    noise = torch.floor((hashed(name, (2, channels, height, width)) + 1) * 8)
    return torch.clamp(wave + noise, max=255)


def imagenet(pixels):
    return functional.interpolate((pixels / 255 - MEAN) / STD, 224, mode="bicubic")


def module(folder, name):
    """A module of a checkout, with placeholders for packages that only its unused parts import."""
    sys.path.insert(0, os.path.join(sys.argv[1], folder))
    while True:
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name.split(".")[0] == name.split(".")[0]:
                raise
            sys.modules[missing.name] = mock.MagicMock(__path__=[])


def pytorch_fid(pixels):
    network = types.SimpleNamespace(
        resize_input=True, normalize_input=True, blocks=[lambda x: x], output_blocks=[0], last_needed_block=0
    )
    return module("pytorch-fid/src", "pytorch_fid.inception").InceptionV3.forward(network, pixels / 255)[0]


def torch_fidelity(pixels):
    resize = module("torch-fidelity", "torch_fidelity.interpolate_compat_tensorflow")
    return (resize.interpolate_bilinear_2d_like_tensorflow1x(pixels, size=(299, 299), align_corners=False) - 128) / 128


def clean_fid(pixels):
    resize = module("clean-fid", "cleanfid.resize").build_resizer("clean")
    resized = [resize(image.permute(1, 2, 0).numpy().astype(numpy.uint8)) for image in pixels]
    return (torch.from_numpy(numpy.stack(resized)).permute(0, 3, 1, 2) - 128) / 128


def stylegan2_ada(pixels):
    n, channels, height, width = pixels.shape
    places = [
        (torch.arange(299, dtype=torch.float64) * size / 299 + 0.5) / size * 2 - 1 for size in (height, width)
    ]
    y, x = torch.meshgrid(*places, indexing="ij")
    grid = torch.stack([x, y], -1).expand(n, -1, -1, -1)
    sampled = functional.grid_sample(
        pixels.double(), grid, mode="bilinear", padding_mode="border", align_corners=False
    )
    return (sampled - 128) / 128


class Seen(Exception):
    """Carries what a network's first layer was given."""


def ic_gan(pixels):
    def first(x):
        raise Seen(x)

    wrapped = module("ic_gan", "data_utils.inception_utils").WrapInception(torch.nn.Module())
    wrapped.net.Conv2d_1a_3x3 = first
    try:
        wrapped(pixels / 255 * 2 - 1)
    except Seen as seen:
        return seen.args[0]


PREPARATIONS = [imagenet, pytorch_fid, torch_fidelity, clean_fid, stylegan2_ada, ic_gan]

for case, channels, height, width in CASES:
    pixels = picture(case, channels, height, width)
    for preparation in PREPARATIONS:
        name = preparation.__name__.replace("_", "-")
        flat = preparation(pixels.expand(-1, 3, -1, -1)).reshape(-1)
        text = " ".join(f"{v:.8g}" for v in flat[:: flat.numel() // 100].tolist())
        lines.append(f"{case} {name} {channels} {height} {width}")
        lines.append(f"{case} values {name} {text}")

with open(os.path.join(HERE, "preparation.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
