"""Writes the golden files beside this script: images as PIL encodes them and the pixels it gives back.

Run with Debian's python3-pil 9.4.0, python3-numpy 1.24.2 and python3-torchvision 0.14.1: /usr/bin/python3 golden.py
golden.txt has lines `name mode height width base64(pixels, channel planes)`. A name is a file, a source picture,
`source/FILTER` for what PIL's resize makes of it, or `source|FIT|FILTER` for what the official code of IC-GAN makes of
it: convert, torchvision's center_crop to the short edge (CROP) or not (SQUASH), torchvision's resize.
"""

import base64
import io
import os
import struct
import zlib

import numpy
import PIL
import torchvision
import torchvision.transforms.functional as transforms
from PIL import Image

HERE = os.path.dirname(os.path.abspath(__file__))
FILTERS = {
    "BOX": Image.BOX,
    "BILINEAR": Image.BILINEAR,
    "BICUBIC": Image.BICUBIC,
    "LANCZOS": Image.LANCZOS,
}
SIZES = [(7, 5), (32, 32), (1, 1), (19, 40), (11, 24)]  # (height, width)
lines = []


def record(name, image):
    pixels = numpy.asarray(image)
    planes = pixels if pixels.ndim == 2 else pixels.transpose(2, 0, 1)
    text = base64.b64encode(numpy.ascontiguousarray(planes).tobytes()).decode()
    lines.append(f"{name} {image.mode} {image.height} {image.width} {text}")


def picture(height, width, channels, seed):
    """Smooth waves with noise and hard edges, so that every kernel has something to get wrong."""
    random = numpy.random.RandomState(seed)
    y, x = numpy.mgrid[0:height, 0:width]
    planes = []
    for _ in range(channels):
        a, b, c = random.uniform(0.1, 0.9, 3)
        wave = 128 + 110 * numpy.sin(a * x + b * y + 6 * c)
        wave[height // 3 : height // 2, width // 4 : width // 2] = 255 * (c > 0.5)
        planes.append(numpy.clip(wave + random.normal(0, 12, wave.shape), 0, 255))
    stack = numpy.stack(planes, -1).astype(numpy.uint8)
    return stack[..., 0] if channels == 1 else stack


def save(name, content):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(content)


def encoded(image, format, **options):
    out = io.BytesIO()
    image.save(out, format, **options)
    return out.getvalue()


def file(name, content, mode):
    save(name, content)
    record(name, Image.open(io.BytesIO(content)).convert(mode))


def png16(pixels, color):
    """A PNG of 16 bits a channel, which PIL cannot write for RGB."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    height, width = pixels.shape[:2]
    raw = b"".join(b"\0" + row.astype(">u2").tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 16, color, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(raw)) + chunk(b"IEND", b"")


def prepare(name, image, fit, filter, resolution):
    square = transforms.center_crop(image, min(image.size)) if fit == "CROP" else image
    mode = transforms.InterpolationMode[filter]
    record(f"{name}|{fit}|{filter}", transforms.resize(square, [resolution, resolution], mode))


def without_jfif(content):
    assert content[2:4] == b"\xff\xe0"
    return content[:2] + content[4 + struct.unpack(">H", content[4:6])[0] :]


# Resampling: the source first, then every filter at every size.
for label, source in (("gray", picture(17, 13, 1, 1)), ("rgb", picture(23, 29, 3, 2))):
    image = Image.fromarray(source)
    record(label, image)
    for name, filter in FILTERS.items():
        for height, width in SIZES:
            record(f"{label}/{name}", image.resize((width, height), filter))

# Decoding.
rgb = Image.fromarray(picture(21, 26, 3, 3))
gray = Image.fromarray(picture(21, 26, 1, 4))
cmyk = Image.fromarray(picture(21, 26, 4, 5), "CMYK")
rgba = Image.fromarray(picture(9, 10, 4, 6), "RGBA")

file("rgb.jpg", encoded(rgb, "JPEG", quality=90), "RGB")
file("rgb-444.jpg", encoded(rgb, "JPEG", quality=95, subsampling=0), "RGB")
file("rgb-progressive.jpg", encoded(rgb, "JPEG", progressive=True), "RGB")
file("rgb-unmarked.jpg", without_jfif(encoded(rgb, "JPEG", subsampling=0)), "RGB")
file("gray.jpg", encoded(gray, "JPEG"), "L")
cmyk_jpeg = encoded(cmyk, "JPEG", quality=95)
file("cmyk.jpg", cmyk_jpeg, "RGB")
adobe = cmyk_jpeg.index(b"Adobe") + 11  # the transform byte: 0 CMYK, 2 YCCK
assert cmyk_jpeg[adobe] == 0
file("ycck.jpg", cmyk_jpeg[:adobe] + b"\x02" + cmyk_jpeg[adobe + 1 :], "RGB")

file("rgb.png", encoded(rgb, "PNG"), "RGB")
file("gray.png", encoded(gray, "PNG"), "L")
file("alpha.png", encoded(rgba, "PNG"), "RGB")
file("gray-alpha.png", encoded(rgba.convert("LA"), "PNG"), "L")
file("palette.png", encoded(rgb.quantize(11), "PNG"), "RGB")
file("palette-transparent.png", encoded(rgb.quantize(13), "PNG", transparency=3), "RGB")
file("bilevel.png", encoded(gray.convert("1"), "PNG"), "L")
file("rgb.bmp", encoded(rgb, "BMP"), "RGB")
file("palette.gif", encoded(rgb.quantize(16), "GIF"), "RGB")

wide = numpy.random.RandomState(7).randint(0, 65536, (6, 5, 3)).astype(numpy.uint16)
file("rgb-16.png", png16(wide, 2), "RGB")
save("gray-16.png", png16(wide[..., 0], 0))
record("gray-16.png", Image.fromarray((wide[..., 0] >> 8).astype(numpy.uint8)))  # PIL would clip at 255

# Preparation. Cropping alone first, for its rounding of odd differences.
for difference in range(1, 9):
    for height, width in ((8, 8 + difference), (8 + difference, 8)):
        image = Image.fromarray(picture(height, width, 1, 10 * difference + height))
        record(f"oblong-{height}x{width}", image)
        prepare(f"oblong-{height}x{width}", image, "CROP", "BILINEAR", 8)

long = Image.fromarray(picture(5, 61, 3, 8))
tall = Image.fromarray(picture(70, 4, 3, 9))
record("long", long)
record("tall", tall)
for name in FILTERS:
    prepare("long", long, "CROP", name, 9)
    prepare("tall", tall, "CROP", name, 3)
    prepare("long", long, "SQUASH", name, 7)
    prepare("tall", tall, "SQUASH", name, 8)

deep = Image.fromarray(picture(19, 33, 4, 11), "RGBA")
files = {
    "alpha-wide.png": (encoded(deep, "PNG"), "RGB"),
    "gray-alpha-wide.png": (encoded(deep.convert("LA"), "PNG"), "L"),
    "palette-wide.png": (encoded(deep.convert("RGB").quantize(12), "PNG", transparency=2), "RGB"),
    "rgb-16-wide.png": (png16(numpy.random.RandomState(8).randint(0, 65536, (14, 17, 3)).astype(numpy.uint16), 2), "RGB"),
}
for name, (content, mode) in files.items():
    file(name, content, mode)
    image = Image.open(io.BytesIO(content)).convert(mode)
    for fit in ("CROP", "SQUASH"):
        for filter in FILTERS:
            prepare(name, image, fit, filter, 11 if filter in ("BOX", "BICUBIC") else 24)
wide = numpy.random.RandomState(9).randint(0, 65536, (12, 18)).astype(numpy.uint16)
save("gray-16-wide.png", png16(wide, 0))
high = Image.fromarray((wide >> 8).astype(numpy.uint8))
record("gray-16-wide.png", high)
prepare("gray-16-wide.png", high, "CROP", "BICUBIC", 7)
prepare("gray-16-wide.png", high, "CROP", "LANCZOS", 15)

for mode, name in (("L", "luma"), ("RGB", "color")):
    record(name, rgb.convert("L") if mode == "L" else rgb)

with open(os.path.join(HERE, "golden.txt"), "w") as out:
    out.write(f"# python3-pil {PIL.__version__}, numpy {numpy.__version__}, torchvision {torchvision.__version__}, golden.py\n")
    out.write("\n".join(lines) + "\n")
