"""Writes files of the formats beside PyTorch's: safetensors, .npy, .npz and TorchScript.

Run with Debian's numpy 1.24.2 and python3-torch 1.13.1, as a copy in /tmp, because TorchScript
archives keep the path of the script: /usr/bin/python3 /tmp/formats.py THIS_FOLDER
Element i of every array is (i % 16 - 8) / 8, which all float types hold exactly, or i % 16 in whole
numbers. The safetensors functions are written from the format's published description, as the
package is none of Debian's; they also read written.safetensors, which SafetensorsTest compares with
what class Safetensors writes. What they printed of it:

    header of 216 bytes, data from 224 on, metadata {'format': 'pt'}
    bias BF16 [2]: ['0x3f80', '0x4000']
    layer/weight F32 [2, 3]: [-1.0, -0.875, -0.75, -0.625, -0.5, -0.375]
    steps I64 []: [12]
"""

import json
import os
import struct
import sys

import numpy as np
import torch

HERE = sys.argv[1]


def at(name):
    return os.path.join(HERE, name)


def values(*shape, dtype=np.float32):
    return ((np.arange(np.prod(shape, dtype=int)) % 16 - 8) / 8.0).astype(dtype).reshape(shape)


def whole(count, dtype):
    return (np.arange(count) % 16).astype(dtype)


def write_safetensors(path, tensors, metadata):
    """tensors: name -> (dtype, shape, bytes); they follow each other in the order of the dictionary."""
    header, position = {"__metadata__": metadata}, 0
    for name, (dtype, shape, data) in tensors.items():
        header[name] = {"dtype": dtype, "shape": shape, "data_offsets": [position, position + len(data)]}
        position += len(data)
    text = json.dumps(header).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + b"".join(t[2] for t in tensors.values()))


def read_safetensors(path):
    raw = open(path, "rb").read()
    (length,) = struct.unpack("<Q", raw[:8])
    header, data = json.loads(raw[8 : 8 + length]), raw[8 + length :]
    metadata = header.pop("__metadata__", None)
    assert sorted(t["data_offsets"][1] for t in header.values())[-1] == len(data)
    print(f"header of {length} bytes, data from {8 + length} on, metadata {metadata}")
    for name, tensor in header.items():
        begin, end = tensor["data_offsets"]
        part = data[begin:end]
        if tensor["dtype"] == "BF16":
            shown = [hex(bits) for (bits,) in struct.iter_unpack("<H", part)]
        else:
            shown = np.frombuffer(part, {"F32": "<f4", "I64": "<i8"}[tensor["dtype"]]).tolist()
        print(f"{name} {tensor['dtype']} {tensor['shape']}: {shown}")


class Block(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = torch.nn.Conv2d(1, 2, 1)
        self.norm = torch.nn.BatchNorm2d(2)
        self.layers = torch.nn.ModuleList([torch.nn.Linear(2, 2)])
        self.sizes = [1, 2]
        self.named = {"a": 1}
        self.kept = [torch.ones(2)]
        with torch.no_grad():
            for array in list(self.parameters()):
                array.copy_(torch.from_numpy(values(*array.shape)))

    def forward(self, x):
        y = self.norm(self.conv(x))
        for layer in self.layers:
            y = layer(y)
        return y + self.kept[0]


FLOATS = {"F64": "<f8", "F32": "<f4", "F16": "<f2"}
WHOLE = {"I64": "<i8", "I32": "<i4", "I16": "<i2", "I8": "i1", "U8": "u1"}
kinds = {name: (name, [2, 3], values(2, 3, dtype=dtype).tobytes()) for name, dtype in FLOATS.items()}
kinds["BF16"] = ("BF16", [2, 3], (values(2, 3).view(np.uint32) >> 16).astype("<u2").tobytes())
kinds.update({name: (name, [3], whole(3, dtype).tobytes()) for name, dtype in WHOLE.items()})
kinds["BOOL"] = ("BOOL", [3], bytes([1, 0, 1]))
kinds["empty"] = ("F32", [0, 4], b"")
kinds["scalar"] = ("F32", [], struct.pack("<f", 0.375))
write_safetensors(at("kinds.safetensors"), kinds, {"format": "pt", "größe": "1"})

np.save(at("matrix.npy"), values(5, 4))
np.save(at("matrix-fortran.npy"), np.asfortranarray(values(5, 4, dtype=np.float64)))
np.save(at("matrix-big-endian.npy"), values(5, 4, dtype=">f4"))
with open(at("matrix-v2.npy"), "wb") as out:
    np.lib.format.write_array(out, values(5, 4, dtype=">f8"), version=(2, 0))
with open(at("matrix-v3.npy"), "wb") as out:
    np.lib.format.write_array(out, np.asfortranarray(values(5, 4, dtype=">f4")), version=(3, 0))
np.save(at("objects.npy"), np.array([{"a": 1}, None], dtype=object))
np.save(at("records.npy"), np.zeros(2, dtype=[("a", "<f4"), ("b", "<i4")]))
arrays = {dtype: values(2, 3, dtype=dtype) for dtype in ["f2", "f4", "f8"]}
arrays.update({dtype: whole(3, dtype) for dtype in ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8"]})
arrays["bool"] = np.array([True, False, True])
arrays["scalar"] = np.float32(0.375)
arrays["big"] = np.asfortranarray(values(2, 3, dtype=">f8"))
np.savez(at("arrays.npz"), **arrays)
np.savez_compressed(at("arrays-compressed.npz"), **arrays)

torch.manual_seed(0)
module = torch.jit.script(Block())
module.save(at("scripted.pt"))
torch.jit.trace(Block(), torch.ones(1, 1, 2, 2)).save(at("traced.pt"))
torch.jit.freeze(module.eval()).save(at("frozen.pt"))

read_safetensors(at("written.safetensors")) if os.path.exists(at("written.safetensors")) else None
