#!/usr/bin/python3
"""One training step of BigGAN as a user of PyTorch would write it, timed: one JSON line.

The step that the row `biggan-step` of the benchmark compares: 32x32 RGB, ch 16, conditioned on instances
with 512 features, batch 64, one update of D and one of G with Adam, then the moving average of G; spectral
norm, hinge loss, D's fake and real images in one batch. Written from the papers (BigGAN, appendix B;
IC-GAN, appendix B.1). Tried with images in either memory order; the faster one is reported. Needs Debian's
python3-torch (the system's /usr/bin/python3).
Usage: biggan_step.py [--threads N] [--n STEPS] [--ch CH] [--batch B]
"""
import argparse
import copy
import json
import os
import time

parser = argparse.ArgumentParser()
parser.add_argument("--threads", type=int, default=1)
parser.add_argument("--n", type=int, default=5, help="timed steps in each order, after two that are not")
parser.add_argument("--ch", type=int, default=16)
parser.add_argument("--batch", type=int, default=64)
a = parser.parse_args()
for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = str(a.threads)

import torch
import torch.nn as nn
import torch.nn.functional as F

torch.set_num_threads(a.threads)
torch.manual_seed(0)
RESOLUTION, CHUNK, EMBEDDING, FEATURES, WIDTH = 32, 30, 512, 512, 4 * a.ch


class SpectralNorm(nn.Module):
    """Divides the weight of its subclass by one power iteration's estimate of its spectral norm."""

    def prepare(self):
        nn.init.orthogonal_(self.weight)
        self.register_buffer("u", torch.randn(1, self.weight.shape[0]))

    def normalized(self):
        matrix = self.weight.flatten(1)
        with torch.no_grad():
            v = F.normalize(self.u @ matrix, eps=1e-6)
            u = F.normalize(v @ matrix.t(), eps=1e-6)
            if self.training:
                self.u.copy_(u)
        return self.weight / (v @ matrix.t() @ u.t()).squeeze()


class Conv(SpectralNorm, nn.Conv2d):
    def __init__(self, i, o, kernel=3):
        nn.Conv2d.__init__(self, i, o, kernel, padding=kernel // 2)
        self.prepare()

    def forward(self, x):
        return F.conv2d(x, self.normalized(), self.bias, padding=self.padding)


class Linear(SpectralNorm, nn.Linear):
    def __init__(self, i, o, bias=True):
        nn.Linear.__init__(self, i, o, bias)
        self.prepare()

    def forward(self, x):
        return F.linear(x, self.normalized(), self.bias)


class ConditionalNorm(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.norm = nn.BatchNorm2d(channels, affine=False)
        self.gain = Linear(EMBEDDING + CHUNK, channels, bias=False)
        self.bias = Linear(EMBEDDING + CHUNK, channels, bias=False)

    def forward(self, x, y):
        return self.norm(x) * (1 + self.gain(y))[:, :, None, None] + self.bias(y)[:, :, None, None]


class GeneratorBlock(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm1, self.norm2 = ConditionalNorm(width), ConditionalNorm(width)
        self.conv1, self.conv2, self.shortcut = Conv(width, width), Conv(width, width), Conv(width, width, 1)

    def forward(self, x, y):
        h = F.interpolate(F.relu(self.norm1(x, y)), scale_factor=2)
        h = self.conv2(F.relu(self.norm2(self.conv1(h), y)))
        return h + self.shortcut(F.interpolate(x, scale_factor=2))


class Generator(nn.Module):
    def __init__(self, order):
        super().__init__()
        self.order = order
        self.embedding = Linear(FEATURES, EMBEDDING)
        self.first = Linear(CHUNK, WIDTH * 16)
        self.blocks = nn.ModuleList([GeneratorBlock(WIDTH) for _ in range(3)])
        self.norm, self.last = nn.BatchNorm2d(WIDTH), Conv(WIDTH, 3)

    def forward(self, z, features):
        embedded = self.embedding(features)
        chunks = z.split(CHUNK, 1)
        x = self.first(chunks[0]).view(-1, WIDTH, 4, 4).contiguous(memory_format=self.order)
        for block, chunk in zip(self.blocks, chunks[1:]):
            x = block(x, torch.cat([embedded, chunk], 1))
        return torch.tanh(self.last(F.relu(self.norm(x))))


class DiscriminatorBlock(nn.Module):
    def __init__(self, i, halves):
        super().__init__()
        self.first, self.halves = i == 3, halves
        self.conv1, self.conv2 = Conv(i, WIDTH), Conv(WIDTH, WIDTH)
        self.shortcut = Conv(i, WIDTH, 1) if halves else nn.Identity()

    def forward(self, x):
        h = self.conv2(F.relu(self.conv1(x if self.first else F.relu(x))))
        if not self.halves:
            return h + self.shortcut(x)
        if self.first:
            return F.avg_pool2d(h, 2) + self.shortcut(F.avg_pool2d(x, 2))
        return F.avg_pool2d(h, 2) + F.avg_pool2d(self.shortcut(x), 2)


class Discriminator(nn.Module):
    def __init__(self, order):
        super().__init__()
        self.order = order
        self.blocks = nn.Sequential(
            DiscriminatorBlock(3, True),
            DiscriminatorBlock(WIDTH, True),
            DiscriminatorBlock(WIDTH, False),
            DiscriminatorBlock(WIDTH, False),
        )
        self.linear, self.projection = Linear(WIDTH, 1), Linear(FEATURES, WIDTH)

    def forward(self, x, features):
        h = F.relu(self.blocks(x.contiguous(memory_format=self.order))).sum((2, 3))
        return self.linear(h) + (self.projection(features) * h).sum(1, keepdim=True)


instances = F.normalize(torch.randn(60000, FEATURES))
images = torch.randint(0, 256, (1000, 3, RESOLUTION, RESOLUTION), dtype=torch.uint8)


def draw():
    return torch.randn(a.batch, 4 * CHUNK), instances[torch.randint(len(instances), (a.batch,))]


class Training:
    def __init__(self, order):
        self.generator, self.discriminator = (m(order).to(memory_format=order) for m in (Generator, Discriminator))
        self.average = copy.deepcopy(self.generator)
        networks = (self.generator, self.discriminator)
        self.adams = [torch.optim.Adam(m.parameters(), 1e-4, (0.0, 0.999), 1e-6) for m in networks]

    def step(self):
        generator, discriminator = self.generator, self.discriminator
        rows = torch.randint(len(images), (a.batch,))
        real, reals = images[rows] / 127.5 - 1, draw()[1]
        z, fakes = draw()
        with torch.no_grad():
            fake = generator(z, fakes)
        scores = discriminator(torch.cat([fake, real]), torch.cat([fakes, reals]))
        of_fake, of_real = scores.split(a.batch)
        self.adams[1].zero_grad()
        (F.relu(1 - of_real).mean() + F.relu(1 + of_fake).mean()).backward()
        self.adams[1].step()
        z, fakes = draw()
        discriminator.requires_grad_(False)
        self.adams[0].zero_grad()
        (-discriminator(generator(z, fakes), fakes).mean()).backward()
        self.adams[0].step()
        discriminator.requires_grad_(True)
        with torch.no_grad():
            for mean, value in zip(self.average.parameters(), generator.parameters()):
                mean.lerp_(value, 1e-4)
            for kept, value in zip(self.average.buffers(), generator.buffers()):
                kept.copy_(value)


def measure(order):
    """Median seconds and median CPU seconds of a step."""
    training = Training(order)
    for _ in range(2):
        training.step()
    seconds, cpu = [], []
    for _ in range(a.n):
        start, start_cpu = time.perf_counter(), time.process_time()
        training.step()
        seconds.append(time.perf_counter() - start)
        cpu.append(time.process_time() - start_cpu)
    return sorted(seconds)[a.n // 2], sorted(cpu)[a.n // 2]


measured = {name: measure(getattr(torch, name)) for name in ("contiguous_format", "channels_last")}
fastest = min(measured, key=lambda name: measured[name][0])
median, cpu = measured[fastest]
print(json.dumps({
    "peer": "biggan-step", "threads": a.threads, "median_s": round(median, 4), "cpu_s": round(cpu, 4), "steps": a.n,
    "batch": a.batch, "unit": "s/step", "order": fastest, "version": torch.__version__,
}))  # fmt: skip
