"""Writes image_gan_reference.txt beside this script: what the official image networks compute.

Usage, with Debian's python3-torch 1.13.1 and a checkout of stevliu/self-conditioned-gan at commit
a12fc3a998767f4fa9976f6af2a567e244c60af0:  /usr/bin/python3 image_gan_reference.py CHECKOUT
The official code is imported from there, unmodified (its digests are checked), and runs in float64.
Every array starts as a hash of its name and index, so the file holds no weights. Of each case: both
networks evaluated, then one step of the official trainer for D, with or without R1, and one for G
on the same latents and labels, as the official program does; the gradients are taken where it would
hand them to the optimizers. Lines:
  CASE NETWORK array KIND NAME SHAPE   kind is parameter or buffer
  CASE values WHAT V V V ...           every k-th value of an output
  CASE projection WHAT NORM V          an array's Euclidean norm, its product with a hash
  counts NAME LATENT LABELS PACKING FEATURES G D   parameters at the official width
"""

import contextlib
import hashlib
import os
import sys
import zlib

import numpy
import torch

COMMIT = "a12fc3a998767f4fa9976f6af2a567e244c60af0"
DIGESTS = {
    "train.py": "28a8d929ffc73b3a27b6ed0002f626889727bd417f47188c5c1f7c9a6578eae0",
    "models/__init__.py": "07740f30dc7a0e809073019ba8ace3164ddd85ddc8814988384e1df2313ab41e",
    "models/blocks.py": "d87f920816577ca36acf6045c2087078ad092d172c24c8832366eecd1cd11ad1",
    "models/dcgan_shallow.py": "fbaeb6973b7879ae02a1848e10e8f1cdcbbc554fcac67075dfcbeacf7f38d71c",
    "models/dcgan_deep.py": "0a15be351bf956e1b27267aa1bfbd99e4643da286c916e6c9883ca16bedc28d2",
    "models/resnet2.py": "4a0e93155b064e6db7b65ef0ceb960ea8f9185325d053a57ce14b4d074601977",
}
BATCH = 6
LATENT = 10
WEIGHT = 10.0  # of R1
HERE = os.path.dirname(os.path.abspath(__file__))
lines = ["# stevliu/self-conditioned-gan " + COMMIT + ", torch " + torch.__version__ + ", numpy " + numpy.__version__]
torch.set_num_threads(1)


def load(checkout):
    """The official modules: networks, training."""
    for name, expected in DIGESTS.items():
        with open(os.path.join(checkout, "gan_training", name), "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
        if found != expected:
            sys.exit(f"Cannot use {checkout}: {name} has SHA-256 {found}, expected {expected}; check out {COMMIT}")
    sys.path.insert(0, checkout)
    import gan_training.models as models
    import gan_training.train as train

    return models, train


def hashed(name, shape):
    """Uniform in [-1, 1), from 32-bit integer arithmetic, rounded to float32."""
    i = numpy.arange(int(numpy.prod(shape)), dtype=numpy.uint64)
    mask = numpy.uint64(0xFFFFFFFF)
    h = (i * numpy.uint64(2654435761) + numpy.uint64(zlib.crc32(name.encode()))) & mask
    h ^= h >> numpy.uint64(16)
    h = (h * numpy.uint64(0x85EBCA6B)) & mask
    h ^= h >> numpy.uint64(13)
    h = (h * numpy.uint64(0xC2B2AE35)) & mask
    h ^= h >> numpy.uint64(16)
    values = (h.astype(numpy.float64) / 2.0**31 - 1.0).astype(numpy.float32)
    return torch.from_numpy(values.astype(numpy.float64).reshape(shape))


def arrays(network):
    """All arrays by name: (kind, array). A counter of torch's batch normalization that nothing reads is left out."""
    found = {name: ("parameter", array) for name, array in network.named_parameters()}
    found.update({name: ("buffer", array) for name, array in network.named_buffers()})
    return {name: array for name, array in found.items() if not name.endswith("num_batches_tracked")}


def fill(label, network):
    """Variances in [0.5, 1.5), biases small, weights so that activations neither vanish nor grow."""
    for name, (_, array) in arrays(network).items():
        value = hashed(label + "." + name, array.shape)
        if name.endswith("running_var"):
            value = 1 + 0.5 * value
        elif name.endswith(".bias"):
            value = 0.125 * value
        elif array.dim() > 1:
            value = value * (2.0 / numpy.sqrt(array[0].numel()))
        array.data.copy_(value)


class Recorder:
    """Stands in for an optimizer: keeps the gradients that it is handed, changes nothing."""

    def __init__(self, network):
        self.network, self.gradients = network, {}

    def zero_grad(self):
        self.network.zero_grad()

    def step(self):
        self.gradients = {name: p.grad.clone() for name, p in self.network.named_parameters() if p.grad is not None}


def build(models, name, latent, labels, packing, width, size):
    """As the official configurations do but for the width; without labels the code counts one."""
    kwargs = dict(ngf=width, ndf=width, nfilter=width, z_dim=latent, nlabels=max(1, labels), size=size)
    with contextlib.redirect_stdout(sys.stderr):
        g = models.generator_dict[name](conditioning="embedding" if labels else "unconditional", **kwargs)
        d = models.discriminator_dict[name](
            conditioning="mask" if labels else "unconditional", pack_size=packing, **kwargs
        )
    return g.double(), d.double()


def write_values(case, what, array):
    flat = array.detach().flatten()
    lines.append(f"{case} values {what} " + " ".join(f"{v:.7g}" for v in flat[:: max(1, len(flat) // 40)].tolist()))
    write_projection(case, what, array)


def write_projection(case, what, array):
    flat = array.detach().flatten()
    lines.append(f"{case} projection {what} {flat.norm().item():.6g} {torch.dot(flat, hashed(what, flat.shape)).item():.6g}")


def run(modules, case, name, labels, packing, width, size, regularized):
    models, training = modules
    g, d = build(models, name, LATENT, labels, packing, width, size)
    for label, network in [("G", g), ("D", d)]:
        fill(label, network)
        for own, (kind, array) in arrays(network).items():
            lines.append(f"{case} {label} array {kind} {own} {'x'.join(map(str, array.shape))}")

    def condition(offset):
        return (torch.arange(BATCH) * 2 + offset) % labels if labels else torch.zeros(BATCH, dtype=torch.int64)

    def latent(what):
        return hashed(what, (BATCH, LATENT))

    real = hashed("real", (BATCH, 3, size, size))
    g.eval(), d.eval()
    with torch.no_grad():
        write_values(case, "images", g(latent("z"), condition(0)))
        write_values(case, "features-of-real", d(real, condition(1), get_features=True))
        write_values(case, "scores-of-real", d(real, condition(1)))
    recorders = {"G": Recorder(g), "D": Recorder(d)}
    trainer = training.Trainer(
        g, d, recorders["G"], recorders["D"], gan_type="standard",
        reg_type="real" if regularized else "none", reg_param=WEIGHT,
    )  # fmt: skip
    loss_d, penalty = trainer.discriminator_trainstep(real.clone(), condition(1), latent("z.step"))
    loss_g = trainer.generator_trainstep(condition(1), latent("z.step"))
    print(case, loss_d, penalty, loss_g, file=sys.stderr)
    write_values(case, "losses", torch.tensor([loss_d, loss_g, penalty]).double())
    for label, network in [("D", d), ("G", g)]:
        for own, gradient in recorders[label].gradients.items():
            write_projection(case, f"gradient.{label}.{own}", gradient)
        for own, (kind, array) in arrays(network).items():
            if kind == "buffer":
                write_projection(case, f"{label}.{own}", array)


def write_counts(models):
    """At the official width of 64; ResNet at 128x128."""
    for name, latent, size in [("dcgan_shallow", 128, 32), ("dcgan_deep", 128, 32), ("resnet2", 256, 128)]:
        for labels, packing in [(0, 1), (100, 1)] + ([(0, 3)] if size == 32 else []):
            g, d = build(models, name, latent, labels, packing, 64, size)
            counts = [sum(p.numel() for p in network.parameters()) for network in (g, d)]
            features = d.fc_out.fc.in_features
            lines.append(f"counts {name} {latent} {labels} {packing} {features} {counts[0]} {counts[1]}")


def main(checkout):
    modules = load(checkout)
    run(modules, "shallow-labels", "dcgan_shallow", 5, 1, 4, 32, False)
    run(modules, "shallow-packed", "dcgan_shallow", 0, 2, 4, 32, False)
    run(modules, "shallow-penalty", "dcgan_shallow", 5, 1, 4, 32, True)
    run(modules, "deep-labels", "dcgan_deep", 5, 1, 4, 32, True)
    run(modules, "deep-packed", "dcgan_deep", 0, 3, 4, 32, False)
    run(modules, "resnet-labels", "resnet2", 5, 1, 2, 64, True)
    run(modules, "resnet-plain", "resnet2", 0, 1, 3, 32, False)
    write_counts(modules[0])
    with open(os.path.join(HERE, "image_gan_reference.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
