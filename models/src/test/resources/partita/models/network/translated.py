"""Writes translated.txt beside this script: what FID's Inception computes by NVIDIA's translation.

Run with Debian's python3-torch 1.13.1: /usr/bin/python3 translated.py
The names of the arrays and the order of the operators are those of inception-2015-12-05.pt
(stylegan2-ada-pytorch); the file itself, which holds its own code, was not at hand. Weights and images are
hashes as in pretrained.py, and the network runs in float64.

Lines:
  translated N array NAME SHAPE
  translated values features V V V ...   every k-th of [2, 2048]
  translated values scores V V V ...     every k-th of [2, 1008]
"""

import os
from collections import OrderedDict

import torch
from hashing import hashed
from torch import nn
from torch.nn import functional as F


class Unit(nn.Module):
    def __init__(self, into, out, size, stride=1, padding=0):
        super().__init__()
        self.stride, self.padding = stride, padding
        self.weight = nn.Parameter(torch.zeros(out, into, *(size if isinstance(size, tuple) else (size, size))))
        self.beta, self.mean, self.var = (nn.Parameter(torch.zeros(out)) for _ in range(3))

    def forward(self, x):
        y = F.conv2d(x, self.weight, stride=self.stride, padding=self.padding)
        return F.relu(F.batch_norm(y, self.mean, self.var, bias=self.beta, eps=1e-3))


ROW = {"size": (1, 7), "padding": (0, 3)}
COLUMN = {"size": (7, 1), "padding": (3, 0)}


def tower(into, *units, first=None):
    """Units named conv, conv_1, ..., each a number of channels and its window; behind a pool, if any."""
    parts = OrderedDict({"pool": first} if first else {})
    for i, (out, window) in enumerate(units):
        parts["conv" if i == 0 else f"conv_{i}"] = Unit(into, out, **window)
        into = out
    return nn.Sequential(parts)


def square(side, padding=None, stride=1):
    return {"size": side, "padding": side // 2 if padding is None else padding, "stride": stride}


HALF = square(3, 0, 2)


def mean():
    return nn.AvgPool2d(3, 1, 1, count_include_pad=False)


class Beside(nn.Module):
    """Children side by side."""

    def __init__(self, **children):
        super().__init__()
        for name, child in children.items():
            self.add_module(name, child)

    def forward(self, x):
        return torch.cat([child(x) for child in self.children()], 1)


class Coarse(nn.Module):
    def __init__(self, into, pool):
        super().__init__()
        self.conv = Unit(into, 320, 1)
        self.tower_conv = Unit(into, 384, 1)
        self.tower_mixed_conv = Unit(384, 384, (1, 3), padding=(0, 1))
        self.tower_mixed_conv_1 = Unit(384, 384, (3, 1), padding=(1, 0))
        self.tower_1_conv = Unit(into, 448, 1)
        self.tower_1_conv_1 = Unit(448, 384, 3, padding=1)
        self.tower_1_mixed_conv = Unit(384, 384, (1, 3), padding=(0, 1))
        self.tower_1_mixed_conv_1 = Unit(384, 384, (3, 1), padding=(1, 0))
        self.tower_2_pool = pool
        self.tower_2_conv = Unit(into, 192, 1)

    def forward(self, x):
        a = self.tower_conv(x)
        b = self.tower_1_conv_1(self.tower_1_conv(x))
        parts = [self.conv(x), self.tower_mixed_conv(a), self.tower_mixed_conv_1(a)]
        parts += [self.tower_1_mixed_conv(b), self.tower_1_mixed_conv_1(b)]
        return torch.cat([*parts, self.tower_2_conv(self.tower_2_pool(x))], 1)


def fine(into, pooled):
    return Beside(
        conv=Unit(into, 64, 1),
        tower=tower(into, (48, square(1)), (64, square(5))),
        tower_1=tower(into, (64, square(1)), (96, square(3)), (96, square(3))),
        tower_2=tower(into, (pooled, square(1)), first=mean()),
    )


def factorized(width):
    return Beside(
        conv=Unit(768, 192, 1),
        tower=tower(768, (width, square(1)), (width, ROW), (192, COLUMN)),
        tower_1=tower(768, (width, square(1)), (width, COLUMN), (width, ROW), (width, COLUMN), (192, ROW)),
        tower_2=tower(768, (192, square(1)), first=mean()),
    )


class Inception(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            OrderedDict(
                conv=Unit(3, 32, 3, 2),
                conv_1=Unit(32, 32, 3),
                conv_2=Unit(32, 64, 3, padding=1),
                pool0=nn.MaxPool2d(3, 2),
                conv_3=Unit(64, 80, 1),
                conv_4=Unit(80, 192, 3),
                pool1=nn.MaxPool2d(3, 2),
                mixed=fine(192, 32),
                mixed_1=fine(256, 64),
                mixed_2=fine(288, 64),
                mixed_3=Beside(
                    conv=Unit(288, 384, 3, 2),
                    tower=tower(288, (64, square(1)), (96, square(3)), (96, HALF)),
                    pool=nn.MaxPool2d(3, 2),
                ),
                mixed_4=factorized(128),
                mixed_5=factorized(160),
                mixed_6=factorized(160),
                mixed_7=factorized(192),
                mixed_8=Beside(
                    tower=tower(768, (192, square(1)), (320, HALF)),
                    tower_1=tower(768, (192, square(1)), (192, ROW), (192, COLUMN), (192, HALF)),
                    pool=nn.MaxPool2d(3, 2),
                ),
                mixed_9=Coarse(1280, mean()),
                mixed_10=Coarse(2048, nn.MaxPool2d(3, 1, 1)),
                pool2=nn.AvgPool2d(8),
            )
        )
        self.output = nn.Linear(2048, 1008)

    def forward(self, x):
        features = self.layers(x).reshape(-1, 2048)
        return features, self.output(features)


def value(name, array):
    """Scales keep activations of the same size through the network."""
    h = hashed(name, tuple(array.shape))
    if array.dim() > 1:
        return h * (6.0 / array[0].numel()) ** 0.5
    return 1 + 0.5 * h if name.endswith("var") else 0.3 * h


def filled():
    network = Inception().eval()
    with torch.no_grad():
        for name, array in network.state_dict().items():
            array.copy_(value(name, array))
    return network


def main():
    torch.set_num_threads(1)
    lines = [f"# torch {torch.__version__}"]
    network = filled()
    for name, array in network.state_dict().items():
        lines.append(f"translated N array {name} {'x'.join(map(str, array.shape))}")
    with torch.no_grad():
        features, scores = network.double()(hashed("translated", (2, 3, 299, 299)).double())
    for what, array in [("features", features), ("scores", scores)]:
        flat = array.reshape(-1)
        text = " ".join(f"{v:.8g}" for v in flat[:: max(1, flat.numel() // 30)].tolist())
        lines.append(f"translated values {what} {text}")
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), "translated.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
