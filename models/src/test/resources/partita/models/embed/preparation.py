"""Writes preparation.txt beside this script: what networks see of an image.

Run with Debian's python3-torch 1.13.1, python3-numpy 1.24.2 and python3-pil 9.4.0: /usr/bin/python3 preparation.py
Pixels are a hash of the case's name and index. Lines:
  CASE PREPARATION CHANNELS HEIGHT WIDTH
  CASE values PREPARATION V V V ...      every k-th value

The preparations, after their descriptions and the papers that say so:
  imagenet        IC-GAN's embedding: [0, 1], ImageNet's mean and deviation, bicubic to 224
  pytorch-fid     [0, 1], torch's bilinear without antialiasing to 299, 2x - 1
  torch-fidelity  TensorFlow 1's bilinear to 299: target i is source i * in / out; (x - 128) / 128
  clean-fid       PIL's bicubic of each channel in mode F to 299, clipped to 0..255; (x - 128) / 128
  stylegan2-ada   grid_sample at the places of torch-fidelity; (x - 128) / 128
  ic-gan          ImageNet's mean and deviation, bilinear with aligned corners to 299
"""

import os
import zlib

import numpy
import PIL
import torch
from PIL import Image
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


def imagenet(pixels):
    return functional.interpolate((pixels / 255 - MEAN) / STD, 224, mode="bicubic")


def pytorch_fid(pixels):
    unit = functional.interpolate(pixels / 255, size=(299, 299), mode="bilinear", align_corners=False)
    return 2 * unit - 1


def along(x, dim):
    size = x.shape[dim]
    place = torch.arange(299, dtype=torch.float32) * (size / 299)
    low = place.floor().long()
    high = (low + 1).clamp(max=size - 1)
    weight = (place - low).view([-1 if d == dim else 1 for d in range(4)])
    a, b = x.index_select(dim, low), x.index_select(dim, high)
    return a + (b - a) * weight


def torch_fidelity(pixels):
    return (along(along(pixels, 3), 2) - 128) / 128


def clean_fid(pixels):
    def resized(channel):
        image = Image.fromarray(channel.numpy(), mode="F").resize((299, 299), Image.BICUBIC)
        return torch.from_numpy(numpy.asarray(image).clip(0, 255))

    return (torch.stack([torch.stack([resized(c) for c in image]) for image in pixels]) - 128) / 128


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


def ic_gan(pixels):
    x = pixels / 255 * 2 - 1
    x = ((x + 1) / 2 - MEAN) / STD
    return functional.interpolate(x, size=(299, 299), mode="bilinear", align_corners=True)


PREPARATIONS = [imagenet, pytorch_fid, torch_fidelity, clean_fid, stylegan2_ada, ic_gan]

for case, channels, height, width in CASES:
    pixels = torch.floor((hashed(case, (2, channels, height, width)) + 1) * 128)
    for preparation in PREPARATIONS:
        name = preparation.__name__.replace("_", "-")
        flat = preparation(pixels.expand(-1, 3, -1, -1)).reshape(-1)
        text = " ".join(f"{v:.8g}" for v in flat[:: flat.numel() // 100].tolist())
        lines.append(f"{case} {name} {channels} {height} {width}")
        lines.append(f"{case} values {name} {text}")

with open(os.path.join(HERE, "preparation.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
