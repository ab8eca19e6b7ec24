"""Writes pretrained.txt beside this script: what torchvision's networks compute.

Run with Debian's python3-torch 1.13.1 and python3-torchvision 0.14.1: /usr/bin/python3 pretrained.py FOLDER
where FOLDER/pytorch-fid is a checkout of github.com/mseitzer/pytorch-fid at
b9c18118d082cbd263c1b8963fc4221dc1cbb659, whose unmodified code builds inception-v3-fid.
Every parameter and statistic is a hash of its name and index, repeated after 2^20 elements, so the
file holds no weights; images are hashes too. Networks run in float64.

Lines:
  CASE N array KIND NAME SHAPE   kind is parameter or buffer
  CASE count N                   number of parameters of torchvision's network
  CASE values LAYER V V V ...    every k-th value of a layer's output, in the order of the layers
"""

import os
import sys
from unittest import mock

import torch
import torchvision
from hashing import hashed

torch.set_num_threads(1)
HERE = os.path.dirname(os.path.abspath(__file__))
lines = [f"# torch {torch.__version__}, torchvision {torchvision.__version__}"]


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


def write(case, layer, tensor):
    flat = tensor.detach().reshape(-1)
    step = max(1, flat.numel() // 30)
    text = " ".join(f"{v:.8g}" for v in flat[::step].tolist())
    lines.append(f"{case} values {layer} {text}")


def fid():
    """The network of pytorch-fid as its own code builds it, without the download of its weights."""
    sys.path.insert(0, os.path.join(sys.argv[1], "pytorch-fid", "src"))
    from pytorch_fid import inception as official

    with mock.patch.object(official, "load_state_dict_from_url"):
        with mock.patch.object(torch.nn.Module, "load_state_dict"):
            return official.fid_inception_v3()


def inception():
    return torchvision.models.inception_v3(transform_input=False, init_weights=False)


def numbered(prefix, *indices):
    return [f"{prefix}.{i}" for i in indices]


def run(case, network, height, width, layers):
    network.eval()
    parameters = dict(network.named_parameters())
    lines.append(f"{case} count {sum(p.numel() for p in parameters.values())}")
    for name, array in network.state_dict().items():
        if not name.endswith("num_batches_tracked") and not name.startswith("AuxLogits."):
            with torch.no_grad():
                array.copy_(value(name, array))
            kind = "parameter" if name in parameters else "buffer"
            lines.append(f"{case} N array {kind} {name} {'x'.join(map(str, array.shape))}")
    network.double()
    modules = dict(network.named_modules())
    for layer in layers:
        modules[layer].register_forward_hook(
            lambda module, arguments, output, layer=layer: write(case, layer, output.clone())
        )
    with torch.no_grad():
        scores = network(2 * hashed(case, (2, 3, height, width)).double())
    if case == "inception-v3-fid":
        write(case, "logits_unbiased", scores - network.fc.bias)


STEM = ["Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3", "maxpool1", "Conv2d_3b_1x1", "Conv2d_4a_3x3", "maxpool2"]
MIXED = ["Mixed_" + block for block in "5b 5c 5d 6a 6b 6c 6d 6e 7a 7b 7c".split()]
INCEPTION = [*STEM, *MIXED, "avgpool", "fc"]
run("inception-v3", inception(), 139, 107, INCEPTION)
run("inception-v3-fid", fid(), 139, 107, INCEPTION)

STAGES = [
    layer
    for stage, blocks in enumerate([3, 4, 6, 3], 1)
    for layer in numbered(f"layer{stage}", *range(blocks)) + [f"layer{stage}"]
]
run("resnet-50", torchvision.models.resnet50(), 96, 80, ["conv1", "maxpool", *STAGES, "avgpool", "fc"])

run(
    "alexnet",
    torchvision.models.alexnet(),
    95,
    127,
    numbered("features", 1, 2, 4, 5, 7, 9, 11, 12) + ["avgpool"] + numbered("classifier", 2, 5, 6),
)


def vgg(case, network):
    features = [
        f"features.{i}"
        for i, module in enumerate(network.features)
        if not isinstance(module, torch.nn.Conv2d)
    ]
    run(case, network, 64, 48, features + ["avgpool"] + numbered("classifier", 1, 4, 6))


vgg("vgg-16", torchvision.models.vgg16(init_weights=False))
vgg("vgg-19", torchvision.models.vgg19(init_weights=False))

run(
    "squeezenet",
    torchvision.models.squeezenet1_1(),
    63,
    82,
    numbered("features", *range(1, 13)) + numbered("classifier", 2, 3),
)

with open(os.path.join(HERE, "pretrained.txt"), "w") as file:
    file.write("\n".join(lines) + "\n")
