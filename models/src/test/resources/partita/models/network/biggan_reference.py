"""Writes biggan_reference.txt beside this script: what the official IC-GAN networks compute.

Usage, with Debian's python3-torch 1.13.1 and a checkout of facebookresearch/ic_gan at commit
8eff2f7390e385e801993211a941f3592c50984d:  /usr/bin/python3 biggan_reference.py CHECKOUT
The official code is imported from there, unmodified (its digests are checked), and runs in float64.
Every array, spectral-norm vectors and batch-norm statistics included, starts as a hash of its name
and index, so the file holds no weights. Of each case: both networks evaluated, then one step of the
official training function, its gradients taken where it would hand them to the optimizers. Lines:
  CASE NETWORK array KIND NAME SHAPE   kind is parameter or buffer
  CASE values WHAT V V V ...           every k-th value of an output
  CASE projection WHAT NORM V          an array's Euclidean norm, its product with a hash
  counts NAME RESOLUTION CH CLASSES FEATURES G D   parameters under an official configuration
"""

import contextlib
import glob
import hashlib
import json
import os
import sys
import types
import zlib

import numpy
import torch

COMMIT = "8eff2f7390e385e801993211a941f3592c50984d"
DIGESTS = {
    "BigGAN.py": "5567315219943a7d944bdd89a92092cce0e13f47b704f213ebc5e87cb708870a",
    "layers.py": "d6ce8e5555dfd65cd03cc5f44b06c298fa4cf25c669595f981780f99d7f6177f",
    "train_fns.py": "e0af0173e9121e842c45cf1abf4e18d2c635d320e32709ddc20cf1ab08cedda1",
    "losses.py": "349e7b44f0909e9af2b0beb104929dda75a51d918a9428d67d7fd5fd4ce65e08",
}
FEATURES = 2048  # the official generator takes no other width
CLASSES = 5
BATCH = 4
HERE = os.path.dirname(os.path.abspath(__file__))
lines = ["# facebookresearch/ic_gan " + COMMIT + ", torch " + torch.__version__]
torch.set_num_threads(1)


def load(checkout):
    """The official modules: networks, training."""
    folder = os.path.join(checkout, "BigGAN_PyTorch")
    for name, expected in DIGESTS.items():
        with open(os.path.join(folder, name), "rb") as file:
            found = hashlib.sha256(file.read()).hexdigest()
        if found != expected:
            sys.exit(f"Cannot use {checkout}: {name} has SHA-256 {found}, expected {expected}; check out {COMMIT}")
    sys.path[0:0] = [checkout, folder]
    # Logging, data loading and checkpoints: needed for none of what runs here.
    sys.modules["utils"] = types.ModuleType("utils")
    import BigGAN_PyTorch.BigGAN as networks
    import train_fns

    return networks, train_fns


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
    """All arrays by name: (kind, array)."""
    found = {name: ("parameter", array) for name, array in network.named_parameters()}
    found.update({name: ("buffer", array) for name, array in network.named_buffers()})
    assert set(found) == set(network.state_dict())
    return found


def fill(label, network):
    """Variances in [0.5, 1.5), biases small."""
    for name, (_, array) in arrays(network).items():
        value = hashed(label + "." + name, array.shape)
        if name.endswith("stored_var"):
            value = 1 + 0.5 * value
        elif name.endswith(".bias"):
            value = 0.03 * value
        array.data.copy_(value)


class Recorder:
    """Stands in for an optimizer: keeps the gradients that it is handed, changes nothing."""

    def __init__(self, network):
        self.network, self.gradients = network, {}

    def zero_grad(self):
        self.network.zero_grad()

    def step(self):
        self.gradients = {name: p.grad.clone() for name, p in self.network.named_parameters() if p.grad is not None}


def build(networks, **config):
    """With the official defaults of utils.py where they differ from the constructors'."""
    config = dict(dim_z=120, SN_eps=1e-6, skip_init=True, embedded_optimizer=False, **config)
    with contextlib.redirect_stdout(sys.stderr):
        return networks.Generator(**config), networks.Discriminator(**config)


def small(networks, resolution, ch, classes, instances):
    """As config_files do but for the width; they have nothing at resolution 32."""
    attention = {32: "0", 64: "32", 128: "64", 256: "64"}[resolution]
    g, d = build(
        networks, resolution=resolution, G_ch=ch, D_ch=ch, G_attn=attention, D_attn=attention, hier=True, shared_dim=128,
        G_shared_feat=instances, shared_dim_feat=512, n_classes=CLASSES, class_cond=classes, instance_cond=instances,
    )  # fmt: skip
    return g.double(), d.double()


def write_names(case, label, network):
    for name, (kind, array) in arrays(network).items():
        lines.append(f"{case} {label} array {kind} {name} {'x'.join(map(str, array.shape)) or 'scalar'}")


def write_counts(networks, checkout):
    """Of every official configuration, and of the widened baseline of IC-GAN's table 1 (channels 71)."""
    folder = os.path.join(checkout, "BigGAN_PyTorch", "config_files")
    configs = {}
    for path in sorted(glob.glob(os.path.join(folder, "*", "*", "*.json"))):
        with open(path) as file:
            configs[os.path.relpath(path, folder)] = json.load(file)
    wide = configs["ImageNet/BigGAN/biggan_res64.json"]
    configs["widened"] = dict(wide, G_ch=71, D_ch=71)
    for name, read in configs.items():
        config = dict(dict(class_cond=False, instance_cond=False, G_shared_feat=False, n_classes=1000), **read)
        counts = [sum(p.numel() for p in network.parameters()) for network in build(networks, **config)]
        classes = config["n_classes"] if config["class_cond"] else 0
        features = FEATURES if config["instance_cond"] else 0
        lines.append(f"counts {name} {config['resolution']} {config['G_ch']} {classes} {features} {counts[0]} {counts[1]}")


def write_values(case, what, array):
    flat = array.detach().flatten()
    lines.append(f"{case} values {what} " + " ".join(f"{v:.7g}" for v in flat[:: max(1, len(flat) // 40)].tolist()))
    write_projection(case, what, array)


def write_projection(case, what, array):
    flat = array.detach().flatten()
    lines.append(f"{case} projection {what} {flat.norm().item():.6g} {torch.dot(flat, hashed(what, flat.shape)).item():.6g}")


def run(modules, case, resolution, ch, classes, instances):
    networks, train_fns = modules
    g, d = small(networks, resolution, ch, classes, instances)
    for label, network in [("G", g), ("D", d)]:
        fill(label, network)
        write_names(case, label, network)

    def condition(offset):
        """Labels and unit features of a batch, as the official loader gives them; None where unused."""
        labels = (torch.arange(BATCH) * 2 + offset) % CLASSES if classes else None
        features = hashed(f"features{offset}", (BATCH, FEATURES)) if instances else None
        return labels, features / features.norm(dim=1, keepdim=True) if instances else None

    def latent(name):
        return hashed(name, (BATCH, g.dim_z))

    real = hashed("real", (BATCH, 3, resolution, resolution))
    g.eval(), d.eval()
    with torch.no_grad():
        images = g(latent("z"), *condition(0))
        write_values(case, "images", images)
        write_values(case, "scores-of-images", d(images, *condition(0)))
        write_values(case, "scores-of-real", d(real, *condition(1)))
    g.train(), d.train()
    recorders = {"G": Recorder(g), "D": Recorder(d)}
    latents = iter([("z.D", 2), ("z.G", 3)])

    def sample():
        name, offset = next(latents)
        return tuple(part for part in [latent(name), *condition(offset)] if part is not None)

    together = networks.G_D(g, d, optimizer_G=recorders["G"], optimizer_D=recorders["D"])
    settings = dict(
        toggle_grads=False, num_D_steps=1, num_D_accumulations=1, num_G_accumulations=1, split_D=False,
        DiffAugment="", DA=False, D_ortho=0.0, G_ortho=0.0, ema=False,
    )  # fmt: skip
    train = train_fns.GAN_training_function(
        g, d, together, None, {"itr": 0}, settings, sample, embedded_optimizers=False, device="cpu", batch_size=BATCH
    )
    losses = train(real, *condition(1))
    print(case, losses, file=sys.stderr)
    assert min(losses["D_loss_real"], losses["D_loss_fake"]) > 0.01, "no row is within the hinge"
    write_values(case, "losses", torch.tensor([losses["D_loss_real"] + losses["D_loss_fake"], losses["G_loss"]]).double())
    for label, network in [("D", d), ("G", g)]:
        for name, gradient in recorders[label].gradients.items():
            write_projection(case, f"gradient.{label}.{name}", gradient)
        for name, (kind, array) in arrays(network).items():
            if kind == "buffer":
                write_projection(case, f"{label}.{name}", array)


def main(checkout):
    modules = load(checkout)
    for resolution, ch in [(32, 6), (64, 8)]:
        run(modules, f"instances-{resolution}", resolution, ch, False, True)
        run(modules, f"classes-{resolution}", resolution, ch, True, False)
        run(modules, f"classes-and-instances-{resolution}", resolution, ch, True, True)
    for resolution in [128, 256]:
        for label, network in zip("GD", small(modules[0], resolution, 8, True, True)):
            write_names(f"classes-and-instances-{resolution}", label, network)
    write_counts(modules[0], checkout)
    with open(os.path.join(HERE, "biggan_reference.txt"), "w") as file:
        file.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(sys.argv[1])
