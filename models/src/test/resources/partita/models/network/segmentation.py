"""Writes segmentation.txt and the TorchScript modules beside this script.

Run with Debian's python3-torch 1.13.1: /usr/bin/python3 segmentation.py
Parameters, statistics and images are hashes as in pretrained.py, whose lines segmentation.txt has
too; networks run in float64.

unet is U-Net as the face parser of CelebAMask-HQ has it: four levels, batch normalization, padded
3x3 convolutions, 2x2 transposed convolutions, what comes from the side before what comes from
below. Written for this test, its names are those of that parser's checkpoints as far as known.

tiny-segmenter.pt    five classes at half the size, with batch normalization, saved while training
brightest-channel.pt the classes are the channels
reads-a-file.pt      maps a file into memory, which TorchScript can do
writes-a-file.pt     writes one
"""

import os
import zipfile

import torch
from hashing import hashed
from torch import nn

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
lines = [f"# torch {torch.__version__}"]


def value(name, array):
    h = hashed(name, tuple(array.shape))
    if array.dim() > 1:
        return h * (6.0 / array[0].numel()) ** 0.5
    if name.endswith("weight") or name.endswith("running_var"):
        return 1 + 0.5 * h
    return 0.3 * h


def fill(network):
    for name, array in network.state_dict().items():
        if not name.endswith("num_batches_tracked"):
            with torch.no_grad():
                array.copy_(value(name, array))


def write(case, layer, tensor):
    flat = tensor.detach().reshape(-1)
    step = max(1, flat.numel() // 30)
    text = " ".join(f"{v:.8g}" for v in flat[::step].tolist())
    lines.append(f"{case} values {layer} {text}")


def unit(n, m):
    return nn.Sequential(nn.Conv2d(n, m, 3, padding=1), nn.BatchNorm2d(m), nn.ReLU())


class Double(nn.Module):
    def __init__(self, n, m):
        super().__init__()
        self.conv1 = unit(n, m)
        self.conv2 = unit(m, m)

    def forward(self, x):
        return self.conv2(self.conv1(x))


class Up(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.conv = Double(n, n // 2)
        self.up = nn.ConvTranspose2d(n, n // 2, kernel_size=2, stride=2)

    def forward(self, beside, below):
        return self.conv(torch.cat([beside, self.up(below)], 1))


class UNet(nn.Module):
    def __init__(self, width, classes):
        super().__init__()
        self.conv1 = Double(3, width)
        self.conv2 = Double(width, 2 * width)
        self.conv3 = Double(2 * width, 4 * width)
        self.conv4 = Double(4 * width, 8 * width)
        self.center = Double(8 * width, 16 * width)
        self.up_concat4 = Up(16 * width)
        self.up_concat3 = Up(8 * width)
        self.up_concat2 = Up(4 * width)
        self.up_concat1 = Up(2 * width)
        self.final = nn.Conv2d(width, classes, 1)

    def forward(self, x):
        pool = nn.functional.max_pool2d
        a = self.conv1(x)
        b = self.conv2(pool(a, 2))
        c = self.conv3(pool(b, 2))
        d = self.conv4(pool(c, 2))
        y = self.center(pool(d, 2))
        y = self.up_concat4(d, y)
        y = self.up_concat3(c, y)
        y = self.up_concat2(b, y)
        y = self.up_concat1(a, y)
        return self.final(y)


network = UNet(16, 19).eval()
lines.append(f"unet count {sum(p.numel() for p in network.parameters())}")
fill(network)
parameters = dict(network.named_parameters())
for name, array in network.state_dict().items():
    if not name.endswith("num_batches_tracked"):
        kind = "parameter" if name in parameters else "buffer"
        lines.append(f"unet N array {kind} {name} {'x'.join(map(str, array.shape))}")
with torch.no_grad():
    write("unet", "final", network.double()(2 * hashed("unet", (2, 3, 32, 48)).double()))


class Tiny(nn.Module):
    def __init__(self):
        super().__init__()
        self.down = nn.Conv2d(3, 8, 3, stride=2, padding=1)
        self.norm = nn.BatchNorm2d(8)
        self.classes_of = nn.Conv2d(8, 5, 1)

    def forward(self, x):
        return self.classes_of(torch.relu(self.norm(self.down((x - 0.45) / 0.225))))


class Brightest(nn.Module):
    def forward(self, x):
        return x * 1.0


class Reads(nn.Module):
    def forward(self, x):
        y = torch.from_file("secret", False, 1, dtype=torch.uint8)
        return x + y.float()


def save(module, name, change=lambda code: code):
    """Saves a module without the source text that torch adds for debugging."""
    whole = os.path.join(HERE, "whole.pt")
    torch.jit.save(torch.jit.script(module), whole)
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(os.path.join(HERE, name), "w") as target:
        for entry in source.infolist():
            if not entry.filename.endswith(".debug_pkl"):
                content = source.read(entry)
                entry_name = name[:-3] + entry.filename[entry.filename.index("/"):]
                stored = zipfile.ZipInfo(entry_name)
                target.writestr(stored, change(content) if entry_name.endswith(".py") else content)
    os.remove(whole)


tiny = Tiny()
fill(tiny)
save(tiny, "tiny-segmenter.pt")
with torch.no_grad():
    images = (hashed("tiny", (2, 3, 12, 10)).double() + 1) / 2
    write("tiny", "scores", tiny.double().eval()(images))
save(Brightest(), "brightest-channel.pt")
save(Reads(), "reads-a-file.pt")

# Python's compiler does not write this operator, but libtorch runs it.
save(
    Brightest(),
    "writes-a-file.pt",
    lambda code: code.replace(b"return torch", b'ops.aten.save(x, "written")\n    return torch'),
)

with open(os.path.join(HERE, "segmentation.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
