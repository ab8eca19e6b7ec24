"""Writes the .pth files beside this script, as PyTorch does, in its zip format and its older one.

Run with Debian's python3-torch 1.13.1: /usr/bin/python3 weights.py
Element i of every array is (i % 16 - 8) / 8, which all float types hold exactly, or i % 16 in whole
numbers. hostile-*.pth ask to run a command, and must never be loaded by anything that might.
"""

import collections
import os

import torch

HERE = os.path.dirname(os.path.abspath(__file__))


def values(*shape):
    count = torch.Size(shape).numel()
    return ((torch.arange(count) % 16 - 8) / 8.0).reshape(shape)


def whole(*shape):
    return torch.arange(torch.Size(shape).numel()).remainder(16).reshape(shape)


def resnet(classes):
    """A ResNet of two stages of one bottleneck, width 2, by torchvision's names."""
    state = collections.OrderedDict()

    def conv(name, *shape):
        state[name + ".weight"] = values(*shape)

    def norm(name, channels):
        state[name + ".weight"] = values(channels)
        state[name + ".bias"] = values(channels)
        state[name + ".running_mean"] = values(channels)
        state[name + ".running_var"] = values(channels) + 2
        state[name + ".num_batches_tracked"] = torch.tensor(7)

    conv("conv1", 2, 3, 7, 7)
    norm("bn1", 2)
    for stage, (before, width) in enumerate([(2, 2), (8, 4)], 1):
        block = f"layer{stage}.0."
        conv(block + "conv1", width, before, 1, 1)
        norm(block + "bn1", width)
        conv(block + "conv2", width, width, 3, 3)
        norm(block + "bn2", width)
        conv(block + "conv3", 4 * width, width, 1, 1)
        norm(block + "bn3", 4 * width)
        conv(block + "downsample.0", 4 * width, before, 1, 1)
        norm(block + "downsample.1", 4 * width)
    if classes:
        state["fc.weight"] = values(classes, 16)
        state["fc.bias"] = values(classes)
    return state


class Hostile:
    def __reduce__(self):
        return os.system, ("touch hostile-file-was-run",)


def save(name, content, legacy):
    path = os.path.join(HERE, name + ".pth")
    torch.save(content, path, _use_new_zipfile_serialization=not legacy)


kinds = collections.OrderedDict(
    float32=values(2, 3),
    float64=values(2, 3).double(),
    float16=values(2, 3).half(),
    bfloat16=values(2, 3).bfloat16(),
    int64=whole(3),
    int32=whole(3).int(),
    int16=whole(3).short(),
    int8=whole(3).char(),
    uint8=whole(3).byte(),
    bool=torch.tensor([True, False, True]),
    scalar=torch.tensor(0.375),
    parameter=torch.nn.Parameter(values(4)),
    second_half=values(16)[8:],
    channels_last=values(2, 3, 2, 2).contiguous(memory_format=torch.channels_last),
    transposed=values(3, 2).t(),
)
checkpoint = {
    "epoch": 12,
    "best": 0.75,
    "name": "größe",
    "args": [None, True, False, (1, 2), -3, 2**40],
    "state_dict": kinds,
    "optimizer": {"state": {0: {"step": 5, "exp_avg": values(4)}}, "param_groups": [{"lr": 0.1}]},
}
swav = {"module." + name: array for name, array in resnet(0).items()}
swav["module.projection_head.0.weight"] = values(3, 16)
swav["module.prototypes.weight"] = values(5, 3)

for legacy, suffix in [(False, "zip"), (True, "legacy")]:
    save("checkpoint-" + suffix, checkpoint, legacy)
    save("hostile-" + suffix, {"conv1.weight": values(2), "x": Hostile()}, legacy)
save("resnet-classes-zip", resnet(3), False)
save("resnet-swav-legacy", swav, True)
save("view", {"strided": values(4, 4)[:, 1:3]}, False)
