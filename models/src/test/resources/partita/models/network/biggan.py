"""Writes biggan.txt beside this script: what PyTorch computes for two small BigGANs.

Run with Debian's python3-torch 1.13.1: /usr/bin/python3 biggan.py
Written from the papers (BigGAN, appendix B; spectral normalization, algorithm 1; SAGAN, section 3;
IC-GAN, appendix B.1) over plain torch functions. Every array starts as a hash of its name and index,
so the file holds no weights. Lines:
  CASE NETWORK array KIND NAME SHAPE      kind is parameter or buffer, in the checkpoint's order
  CASE values WHAT V V V ...              every k-th value of an output
  CASE projection WHAT NORM V             an array's Euclidean norm, its product with a hash
"""

import os
import zlib

import numpy
import torch
import torch.nn.functional as F

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
WIDTHS_G = {32: [4, 4, 4, 4], 64: [16, 16, 8, 4, 2]}
WIDTHS_D = {32: [4, 4, 4, 4], 64: [1, 2, 4, 8, 16]}
HALVINGS_D = {32: 2, 64: 4}
lines = ["# torch " + torch.__version__]


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


class Network:
    def __init__(self, case, label):
        self.case, self.label = case, label
        self.arrays, self.parameters = {}, []

    def declare(self, kind, name, *shape):
        value = hashed(self.label + "." + name, shape)
        if name.endswith("stored_var"):
            value = 1 + 0.5 * value
        self.arrays[name] = value
        if kind == "parameter":
            self.parameters.append(name)
            value.requires_grad_(True)
        text = "x".join(map(str, shape)) or "scalar"
        lines.append(f"{self.case} {self.label} array {kind} {name} {text}")

    def weighted(self, name, bias, *shape, spectral=True):
        self.declare("parameter", name + ".weight", *shape)
        if bias:
            self.declare("parameter", name + ".bias", shape[0])
        if spectral:
            self.declare("buffer", name + ".u0", 1, shape[0])
            self.declare("buffer", name + ".sv0", 1)

    def attention(self, name, c):
        for part, o, i in [("theta", c // 8, c), ("phi", c // 8, c), ("g", c // 2, c), ("o", c, c // 2)]:
            self.weighted(f"{name}.{part}", False, o, i, 1, 1)
        self.declare("parameter", name + ".gamma")

    def normalized(self, name):
        weight, u0 = self.arrays[name + ".weight"], self.arrays[name + ".u0"]
        matrix = weight.reshape(weight.shape[0], -1)
        with torch.no_grad():
            v = u0 @ matrix
            v = v / v.norm().clamp_min(1e-6)
            u = v @ matrix.T
            u = u / u.norm().clamp_min(1e-6)
        sigma = (v @ matrix.T @ u.T).squeeze()
        if self.training:
            self.arrays[name + ".u0"] = u
            self.arrays[name + ".sv0"] = sigma.detach().reshape(1)
        return weight / sigma

    def conv(self, name, x):
        weight = self.normalized(name)
        return F.conv2d(x, weight, self.arrays.get(name + ".bias"), padding=weight.shape[2] // 2)

    def linear(self, name, x):
        return F.linear(x, self.normalized(name), self.arrays.get(name + ".bias"))

    def statistics(self, name, x):
        """The mean and variance to normalize by."""
        if not self.training:
            return self.arrays[name + ".stored_mean"], self.arrays[name + ".stored_var"]
        mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        count = x.numel() / x.shape[1]
        for part, value in [("stored_mean", mean), ("stored_var", var * count / (count - 1))]:
            old = self.arrays[f"{name}.{part}"]
            self.arrays[f"{name}.{part}"] = 0.9 * old + 0.1 * value.detach()
        return mean, var

    def whiten(self, name, x):
        mean, var = self.statistics(name, x)
        return (x - mean[:, None, None]) / torch.sqrt(var[:, None, None] + 1e-5)

    def attend(self, name, x):
        n, c, h, w = x.shape
        theta = self.conv(name + ".theta", x).reshape(n, c // 8, h * w)
        phi = F.max_pool2d(self.conv(name + ".phi", x), 2).reshape(n, c // 8, h * w // 4)
        g = F.max_pool2d(self.conv(name + ".g", x), 2).reshape(n, c // 2, h * w // 4)
        beta = torch.einsum("ncq,nck->nqk", theta, phi).softmax(-1)
        read = torch.einsum("nqk,nck->ncq", beta, g).reshape(n, c // 2, h, w)
        return x + self.arrays[name + ".gamma"] * self.conv(name + ".o", read)


class Generator(Network):
    def __init__(self, case, resolution, ch, channels, classes, features, attention):
        super().__init__(case, "G")
        widths = [ch * w for w in WIDTHS_G[resolution]]
        self.chunk = 120 // len(widths)
        self.classes, self.features, self.blocks = classes, features, len(widths) - 1
        width = self.chunk + (128 if classes else 0) + (512 if features else 0)
        if classes:
            self.weighted("shared", False, classes, 128, spectral=False)
        if features:
            self.weighted("shared_feat", True, 512, features)
        self.weighted("linear", True, widths[0] * 16, self.chunk)
        for b in range(self.blocks):
            name, i, o = f"blocks.{b}.0", widths[b], widths[b + 1]
            self.weighted(name + ".conv1", True, o, i, 3, 3)
            self.weighted(name + ".conv2", True, o, o, 3, 3)
            self.weighted(name + ".conv_sc", True, o, i, 1, 1)
            for bn, c in [("bn1", i), ("bn2", o)]:
                self.weighted(f"{name}.{bn}.gain", False, c, width)
                self.weighted(f"{name}.{bn}.bias", False, c, width)
                self.declare("buffer", f"{name}.{bn}.stored_mean", c)
                self.declare("buffer", f"{name}.{bn}.stored_var", c)
            if 8 << b == attention:
                self.attention(f"blocks.{b}.1", o)
        for part in ["gain", "bias"]:
            self.declare("parameter", "output_layer.0." + part, widths[-1])
        for part in ["stored_mean", "stored_var"]:
            self.declare("buffer", "output_layer.0." + part, widths[-1])
        self.weighted("output_layer.2", True, channels, widths[-1], 3, 3)

    def modulated(self, name, x, y):
        gain, bias = self.linear(name + ".gain", y), self.linear(name + ".bias", y)
        return self.whiten(name, x) * (1 + gain)[:, :, None, None] + bias[:, :, None, None]

    def forward(self, z, labels, features, training):
        self.training = training
        condition = []
        if self.classes:
            condition.append(self.arrays["shared.weight"][labels])
        if self.features:
            condition.append(self.linear("shared_feat", features / features.norm(dim=1, keepdim=True)))
        zs = z.split(self.chunk, 1)
        x = self.linear("linear", zs[0]).reshape(len(z), -1, 4, 4)
        for b in range(self.blocks):
            name = f"blocks.{b}.0"
            y = torch.cat(condition + [zs[b + 1]], 1)
            double = lambda t: t.repeat_interleave(2, 2).repeat_interleave(2, 3)
            h = double(self.modulated(name + ".bn1", x, y).relu())
            h = self.modulated(name + ".bn2", self.conv(name + ".conv1", h), y).relu()
            x = self.conv(name + ".conv2", h) + self.conv(name + ".conv_sc", double(x))
            if f"blocks.{b}.1.gamma" in self.arrays:
                x = self.attend(f"blocks.{b}.1", x)
        gain, bias = self.arrays["output_layer.0.gain"], self.arrays["output_layer.0.bias"]
        h = self.whiten("output_layer.0", x) * gain[:, None, None] + bias[:, None, None]
        return self.conv("output_layer.2", h.relu()).tanh()


class Discriminator(Network):
    def __init__(self, case, resolution, ch, channels, classes, features, attention):
        super().__init__(case, "D")
        self.halvings, self.blocks = HALVINGS_D[resolution], len(WIDTHS_D[resolution])
        self.classes, self.features = classes, features
        i = channels
        for b, w in enumerate(WIDTHS_D[resolution]):
            name, o = f"blocks.{b}.0", ch * w
            self.weighted(name + ".conv1", True, o, i, 3, 3)
            self.weighted(name + ".conv2", True, o, o, 3, 3)
            if b < self.halvings or i != o:
                self.weighted(name + ".conv_sc", True, o, i, 1, 1)
            if b < self.halvings and resolution >> (b + 1) == attention:
                self.attention(f"blocks.{b}.1", o)
            i = o
        self.weighted("linear", True, 1, i)
        share = i // 2 if classes and features else i
        if classes:
            self.weighted("embed", False, classes, share)
        if features:
            self.weighted("linear_feat", True, share, features)

    def forward(self, x, labels, features, training):
        self.training = training
        for b in range(self.blocks):
            name = f"blocks.{b}.0"
            h = self.conv(name + ".conv1", x.relu() if b > 0 else x)
            h = self.conv(name + ".conv2", h.relu())
            if name + ".conv_sc.weight" in self.arrays:
                x = self.conv(name + ".conv_sc", x)
            x = x + h
            if b < self.halvings:
                x = F.avg_pool2d(x, 2)
            if f"blocks.{b}.1.gamma" in self.arrays:
                x = self.attend(f"blocks.{b}.1", x)
        h = x.relu().sum((2, 3))
        score = self.linear("linear", h)
        condition = []
        if self.classes:
            condition.append(self.normalized("embed")[labels])
        if self.features:
            unit = features / features.norm(dim=1, keepdim=True)
            condition.append(self.linear("linear_feat", unit))
        if condition:
            score = score + (torch.cat(condition, 1) * h).sum(1, keepdim=True)
        return score


def values(case, what, array):
    flat = array.detach().flatten()
    sampled = flat[:: max(1, len(flat) // 60)]
    lines.append(f"{case} values {what} " + " ".join(f"{v:.7g}" for v in sampled.tolist()))


def projection(case, what, array):
    flat = array.detach().flatten()
    product = torch.dot(flat.double(), hashed(what, flat.shape).double())
    lines.append(f"{case} projection {what} {flat.norm().item():.7g} {product.item():.7g}")


def run(case, resolution, ch, channels, classes, features, attention):
    shape = (resolution, ch, channels, classes, features, attention)
    g, d = Generator(case, *shape), Discriminator(case, *shape)
    n = 3
    z = hashed("z", (n, g.chunk * (g.blocks + 1)))
    f = hashed("features", (n, features)) if features else None
    labels = torch.arange(n) * 2 % classes if classes else None
    real = hashed("real", (n, channels, resolution, resolution))
    images = g.forward(z, labels, f, True)
    scores = d.forward(images, labels, f, True)
    values(case, "images", images)
    values(case, "scores", scores)
    weights = [net.arrays[name] for net in (g, d) for name in net.parameters]
    gradients = torch.autograd.grad(scores.sum(), weights)
    names = [f"{net.label}.{name}" for net in (g, d) for name in net.parameters]
    for name, gradient in zip(names, gradients):
        projection(case, "gradient." + name, gradient)
    values(case, "real", d.forward(real, labels, f, True))
    for net in (g, d):
        for name, array in net.arrays.items():
            if name not in net.parameters:
                projection(case, f"{net.label}.{name}", array)
    images = g.forward(z, labels, f, False)
    values(case, "images-evaluated", images)
    values(case, "scores-evaluated", d.forward(images, labels, f, False))


run("instances-32", 32, 2, 1, 0, 8, 0)
run("classes-and-instances-64", 64, 8, 3, 5, 8, 32)
run("classes-32", 32, 2, 3, 5, 0, 0)
with open(os.path.join(HERE, "biggan.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
