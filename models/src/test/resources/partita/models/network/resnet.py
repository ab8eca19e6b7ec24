"""Writes resnet.txt beside this script: what torchvision's ResNet-50 computes.

Run with Debian's python3-torch 1.13.1 and python3-torchvision 0.14.1: /usr/bin/python3 resnet.py
Every parameter and statistic is a hash of its name and index, so the file holds no weights. The
images are prepared as IC-GAN prepares those that it embeds: in [0, 1], normalized by ImageNet's
mean and standard deviation, then bicubic to 224. Lines, in the format of biggan_reference.txt:
  CASE NETWORK array KIND NAME SHAPE      kind is parameter or buffer
  CASE values WHAT V V V ...              every k-th value of an output
"""

import os
import zlib

import numpy
import torch
import torchvision

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
LAYERS = ["conv1", "maxpool", "layer1", "layer2", "layer3", "layer4.0", "layer4.2", "avgpool", "fc"]
MEAN = torch.tensor([0.485, 0.456, 0.406]).view(1, 3, 1, 1)
STD = torch.tensor([0.229, 0.224, 0.225]).view(1, 3, 1, 1)
lines = [f"# torch {torch.__version__}, torchvision {torchvision.__version__}"]


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


def value(name, array):
    """Scales keep activations of the same size through the network."""
    h = hashed(name, tuple(array.shape))
    if array.dim() > 1:
        return h * (6.0 / array[0].numel()) ** 0.5
    if name.endswith("bn3.weight"):
        return 0.3 + 0.15 * h
    if name.endswith("weight") or name.endswith("running_var"):
        return 1 + 0.5 * h
    return 0.3 * h


def write(case, what, tensor):
    flat = tensor.detach().reshape(-1)
    step = max(1, flat.numel() // 60)
    text = " ".join(f"{v:.9g}" for v in flat[::step].tolist())
    lines.append(f"{case} values {what} {text}")


def prepared(pixels):
    """From bytes as float to what the network sees."""
    x = (pixels / 255.0 * 2.0 - 1.0) * 0.5 + 0.5
    x = (x.expand(-1, 3, -1, -1) - MEAN) / STD
    return torch.nn.functional.interpolate(x, 224, mode="bicubic")


def pixels(name, *shape):
    return torch.floor((hashed(name, shape) + 1) * 128)


network = torchvision.models.resnet50().eval()
parameters = dict(network.named_parameters())
for name, array in network.state_dict().items():
    if not name.endswith("num_batches_tracked"):
        with torch.no_grad():
            array.copy_(value(name, array))
        kind = "parameter" if name in parameters else "buffer"
        lines.append(f"resnet-50 R array {kind} {name} {'x'.join(map(str, array.shape))}")

for case, channels, side in [("rgb", 3, 32), ("gray", 1, 28), ("large", 3, 256)]:
    write("preparation", case, prepared(pixels(case, 2, channels, side, side)))

modules = dict(network.named_modules())
for layer in LAYERS:
    modules[layer].register_forward_hook(
        lambda module, arguments, output, layer=layer: write("resnet-50", layer, output.clone())
    )
with torch.no_grad():
    network(prepared(pixels("rgb", 2, 3, 32, 32)))

with open(os.path.join(HERE, "resnet.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
