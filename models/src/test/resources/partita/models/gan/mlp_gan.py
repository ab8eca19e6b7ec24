"""Writes mlp_gan.txt beside this script: three training steps of small GANs on points.

Usage, with Debian's python3-torch 1.13.1:  /usr/bin/python3 mlp_gan.py
An implementation of its own in float64, in the layout of the self-conditioned GAN's authors: maxout
pieces side by side, the batch passed through G once for D's update and once for G's, masked logits,
R1 without the factor 1/2. Latents and generators are drawn as CounterRandom does (Philox4x32-10).
Lines: CASE KIND NAME V V V ..., with the names and the layout of ours. Kinds: start (first weights),
real and labels (of a step), gradient (of step 0), moved (weights and buffers after the last step),
loss (NAME at each step), output (in evaluation mode, after the last step).
"""

import os
import zlib

import numpy
import torch
from torch import nn
from torch.nn import functional

HERE = os.path.dirname(os.path.abspath(__file__))
SEED, BATCH, STEPS, LABELS = 7, 8, 3, 3
LATENT, EMBEDDING, WIDTH, UNITS, PIECES = 2, 4, 6, 5, 3
RATES, BETAS, EPSILON = (0.01, 0.02), (0.8, 0.999), 1e-3
torch.set_num_threads(1)
torch.set_default_dtype(torch.float64)
lines = ["# torch " + torch.__version__]


def philox(counter, key):
    c, k, mask = list(counter), list(key), 0xFFFFFFFF
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & mask, (p0 >> 32) ^ c[3] ^ k[1], p0 & mask]
        k = [(k[0] + 0x9E3779B9) & mask, (k[1] + 0xBB67AE85) & mask]
    return c


def key(stream):
    return philox((zlib.crc32(stream.encode()), len(stream), 0, 0), (SEED, 0))[:2]


def normals(step, rows):
    """Standard normals [rows, 2], rounded to float32."""
    found = []
    for row in range(rows):
        w = philox((0, row, step, 0), key("latent"))
        u, v = ((w[0] << 21 | w[1] >> 11) + 1) * 2.0**-53, (w[2] << 21 | w[3] >> 11) * 2.0**-53
        radius = numpy.sqrt(-2 * numpy.log(u))
        found.append([radius * numpy.cos(2 * numpy.pi * v), radius * numpy.sin(2 * numpy.pi * v)])
    return torch.tensor(numpy.float32(found).astype(float))


def below(bound, step, rows):
    words = [philox((0, row, step, 0), key("mixture")) for row in range(rows)]
    return torch.tensor([int(((w[0] << 32 | w[1]) >> 11) * 2.0**-53 * bound) for w in words])


class Generator(nn.Module):
    def __init__(self, labeling):
        super().__init__()
        self.labeling = labeling
        inputs = LATENT + (EMBEDDING if labeling == "EMBEDDED" else 0)
        self.hidden = nn.ModuleList([nn.Linear(inputs if i == 0 else WIDTH, WIDTH) for i in range(4)])
        self.norms = nn.ModuleList([nn.BatchNorm1d(WIDTH) for _ in range(4)])
        self.output = nn.Linear(WIDTH, 2)
        if labeling == "EMBEDDED":
            self.embedding = nn.Embedding(LABELS, EMBEDDING)
        if labeling == "MIXTURE":
            self.hidden[0] = nn.ModuleList([nn.Linear(LATENT, WIDTH) for _ in range(LABELS)])

    def forward(self, z, y):
        if self.labeling == "EMBEDDED":
            e = self.embedding(y)
            z = torch.cat([z, e / torch.norm(e, dim=1, keepdim=True)], 1)
        for i in range(4):
            if i == 0 and self.labeling == "MIXTURE":
                z = torch.stack([self.hidden[0][label](row) for row, label in zip(z, y)])
            else:
                z = self.hidden[i](z)
            z = functional.relu(self.norms[i](z))
        return self.output(z)


class Discriminator(nn.Module):
    def __init__(self, labeling, packing):
        super().__init__()
        self.labeling, self.packing = labeling, packing
        widths = [2 * packing, UNITS, UNITS]
        self.maxout = nn.ModuleList([nn.Linear(inputs, UNITS * PIECES) for inputs in widths])
        self.output = nn.Linear(UNITS, LABELS if labeling == "EMBEDDED" else 1)
        if labeling == "MIXTURE":
            self.classifier = nn.Linear(UNITS, LABELS)

    def features(self, x):
        x = x.reshape(-1, 2 * self.packing)
        for layer in self.maxout:
            x = layer(x).view(-1, UNITS, PIECES).max(2)[0]
        return x

    def score(self, features, y):
        logits = self.output(features)
        return logits[torch.arange(len(logits)), y] if self.labeling == "EMBEDDED" else logits[:, 0]


def arrays(network, of=lambda tensor: tensor):
    """Parameters and buffers under our names and in our layout."""
    found = {}
    for name, tensor in list(network.named_parameters()) + list(network.named_buffers()):
        parts = name.split(".")
        if parts[-1] == "num_batches_tracked":
            continue
        value = of(tensor)
        if parts[0] == "norms":
            own = {"weight": "gain", "bias": "bias", "running_mean": "stored_mean", "running_var": "stored_var"}
            name = f"hidden.{parts[1]}.norm.{own[parts[2]]}"
        if parts[0] == "maxout" and value is not None:
            value = value.view(UNITS, PIECES, *value.shape[1:]).transpose(0, 1)
        if name.startswith("hidden.0.") and len(parts) == 4:
            name = f"hidden.0.{parts[3]}"
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return {name: torch.stack(value) if isinstance(value, list) else value for name, value in found.items()}


def write(case, kind, name, values):
    numbers = torch.as_tensor(values).detach().flatten().tolist()
    lines.append(" ".join([case, kind, name] + [f"{number:.9g}" for number in numbers]))


def run(case, labeling, packing, r1, mixture):
    torch.manual_seed(zlib.crc32(case.encode()))
    networks = {"generator": Generator(labeling), "discriminator": Discriminator(labeling, packing)}
    g, d = networks.values()
    for name, network in networks.items():
        for parameter in network.parameters():
            parameter.data = parameter.data.float().double()
        for own, value in arrays(network).items():
            write(case, "start", f"{name}/{own}", value)
    optimizers = [
        torch.optim.Adam(network.parameters(), lr=rate, betas=BETAS, eps=EPSILON)
        for network, rate in zip((g, d), RATES)
    ]
    bce = functional.binary_cross_entropy_with_logits
    for step in range(STEPS):
        rows = BATCH * packing
        x = torch.randn(rows, 2).float().double().requires_grad_()
        y = below(LABELS, step, rows) if labeling == "MIXTURE" else torch.randint(LABELS, (rows,))
        z = normals(step, rows)
        write(case, f"real.{step}", "x", x)
        write(case, f"labels.{step}", "y", y)
        with torch.no_grad():
            fake = g(z, y)
        real_score = d.score(d.features(x), y)
        fake_features = d.features(fake)
        fake_score = d.score(fake_features, y)
        loss = bce(real_score, torch.ones_like(real_score)) + bce(fake_score, torch.zeros_like(fake_score))
        if r1:
            slope = torch.autograd.grad(real_score.sum(), x, create_graph=True)[0]
            penalty = slope.pow(2).view(len(real_score), -1).sum(1).mean()
            write(case, f"loss.{step}", "R1", penalty)
            loss = loss + r1 * penalty
        if labeling == "MIXTURE":
            error = functional.cross_entropy(d.classifier(fake_features), y)
            write(case, f"loss.{step}", "classifier", error)
            loss = loss + error
        write(case, f"loss.{step}", "D", loss)
        d.zero_grad()
        loss.backward()
        if step == 0:
            for own, value in arrays(d, lambda tensor: tensor.grad).items():
                write(case, "gradient", "D/" + own, value)
        optimizers[1].step()
        features = d.features(g(z, y))
        score = d.score(features, y)
        loss = bce(score, torch.ones_like(score))
        if labeling == "MIXTURE":
            loss = loss + mixture * functional.cross_entropy(d.classifier(features), y)
        write(case, f"loss.{step}", "G", loss)
        g.zero_grad()
        loss.backward()
        if step == 0:
            for own, value in arrays(g, lambda tensor: tensor.grad).items():
                if value is not None:
                    write(case, "gradient", "G/" + own, value)
        optimizers[0].step()
    for name, network in networks.items():
        for own, value in arrays(network).items():
            write(case, "moved", f"{name}/{own}", value)
    g.eval()
    write(case, "output", "points", g(z, y))
    write(case, "output", "features", d.features(x))
    write(case, "output", "scores", d.score(d.features(x), y))


run("unconditional", "NONE", 1, 0, 0)
run("packed", "NONE", 3, 0, 0)
run("packed-r1", "NONE", 3, 2, 0)
run("conditional", "EMBEDDED", 1, 0, 0)
run("conditional-r1", "EMBEDDED", 1, 10, 0)
run("mixture", "MIXTURE", 1, 0, 0.125)
run("mixture-r1", "MIXTURE", 1, 0.5, 0.125)
with open(os.path.join(HERE, "mlp_gan.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
