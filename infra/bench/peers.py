#!/usr/bin/python3
"""What a user would pick instead of Partita, timed on this machine: one JSON line a measurement.

Needs Debian's python3-faiss, python3-torch, python3-torchvision, python3-pil, python3-sklearn and
python3-scipy (the system's /usr/bin/python3), each only for the peers that use it.

--dump writes the input (raw little-endian values, with a .json of shape and dtype) and the peer's
answer, so that the other side is timed on the same numbers and its answer compared. --input reads
such a dump instead of drawing the numbers again.

The timed region excludes process start, imports, and drawing or reading the input. Besides its
median the line holds cpu_s, the processor seconds of all threads within it, and peak_bytes, the
process's largest resident memory.
"""
import argparse
import json
import os
import resource
import subprocess
import tempfile
import time

THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


def vectors(n, d, seed=0, unit=False):
    """Standard normal rows [n, d] float32, divided by their L2 norm if unit."""
    x = np.random.default_rng(seed).standard_normal((n, d), dtype=np.float32)
    return x / np.linalg.norm(x, axis=1, keepdims=True) if unit else x


def dump(**arrays):
    """Writes each array to <dump>/<name>.bin and its shape and dtype to <name>.json."""
    if not args.dump:
        return
    os.makedirs(args.dump, exist_ok=True)
    for name, values in arrays.items():
        values = np.ascontiguousarray(values)
        values.tofile(f"{args.dump}/{name}.bin")
        with open(f"{args.dump}/{name}.json", "w") as file:
            json.dump({"shape": values.shape, "dtype": str(values.dtype)}, file)


def given(name, draw):
    """The array of an earlier dump, or what draw() gives."""
    if not args.input:
        return draw()
    with open(f"{args.input}/{name}.json") as file:
        form = json.load(file)
    return np.fromfile(f"{args.input}/{name}.bin", dtype=form["dtype"]).reshape(form["shape"])


def clock(work, repeat):
    """Runs work() repeat times; the median of the wall seconds with its processor seconds, and the last result."""
    times, result = [], None
    for _ in range(repeat):
        wall, cpu = time.perf_counter(), time.process_time()
        result = work()
        times.append((time.perf_counter() - wall, time.process_time() - cpu))
    return sorted(times)[len(times) // 2], result


def report(seconds, **more):
    wall, cpu = seconds
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    line = {"peer": args.what, "threads": args.threads, "median_s": round(wall, 6), "cpu_s": round(cpu, 6)}
    print(json.dumps({**line, "peak_bytes": peak, **more}))


def knn():
    """Exact cosine k-NN graph of a set of unit rows with itself, each row among its own neighbors."""
    import faiss

    faiss.omp_set_num_threads(args.threads)
    n, d, k = args.n or 60000, args.d or 512, args.k or 50
    x = given("x", lambda: vectors(n, d, unit=True))

    def search():
        index = faiss.IndexFlatIP(d)
        index.add(x)
        return index.search(x, k + 1)

    seconds, (similarities, ids) = clock(search, 1)
    dump(x=x, similarities=similarities, ids=ids)
    report(seconds, n=n, d=d, k=k, version=faiss.__version__)


def kmeans():
    """K-means of unit rows, 20 iterations, random start."""
    import faiss

    faiss.omp_set_num_threads(args.threads)
    n, d, k = args.n or 60000, args.d or 512, args.k or 1000
    x = given("x", lambda: vectors(n, d, unit=True))

    def train():
        clustering = faiss.Kmeans(d, k, niter=20, seed=0)
        clustering.train(x)
        return clustering

    seconds, clustering = clock(train, 1)
    dump(x=x)
    objective = float(clustering.obj[-1])
    report(seconds, n=n, d=d, k=k, niter=20, objective=objective, version=faiss.__version__)


def sqrtm():
    """Trace of the matrix square root inside FID, of two covariances [d, d] float64 of n rows."""
    import scipy
    import scipy.linalg

    n, d = args.n or 10000, args.d or 2048

    def covariance(seed, scale, shift):
        return np.cov(vectors(n, d, seed).astype(np.float64) * scale + shift, rowvar=False)

    c1 = given("c1", lambda: covariance(0, 1, 0))
    c2 = given("c2", lambda: covariance(1, 1.1, 0.1))
    seconds, trace = clock(lambda: float(np.trace(scipy.linalg.sqrtm(c1 @ c2)).real), args.repeat)
    dump(c1=c1, c2=c2)
    report(seconds, n=n, d=d, trace=trace, version=scipy.__version__)


def fid():
    """Frechet distance of two sets of features [n, d] float32: means, covariances and the root of their product."""
    import scipy
    import scipy.linalg

    n, d = args.n or 10000, args.d or 2048
    real = given("real", lambda: vectors(n, d))
    generated = given("generated", lambda: vectors(n, d, 1) * 1.05)

    def score():
        c1, c2 = np.cov(real, rowvar=False), np.cov(generated, rowvar=False)
        shift = real.mean(0, dtype=np.float64) - generated.mean(0, dtype=np.float64)
        return float(shift @ shift + np.trace(c1) + np.trace(c2) - 2 * np.trace(scipy.linalg.sqrtm(c1 @ c2)).real)

    seconds, distance = clock(score, args.repeat)
    dump(real=real, generated=generated)
    report(seconds, n=n, d=d, distance=distance, version=scipy.__version__)


def prdc():
    """Precision, recall, density and coverage by the reference recipe: all pairwise distances at once."""
    import sklearn
    from sklearn.metrics import pairwise_distances

    n, d, k = args.n or 10000, args.d or 2048, args.k or 5
    real = given("real", lambda: vectors(n, d))
    generated = given("generated", lambda: vectors(n, d, 1) * 1.05)

    def distances(a, b):
        return pairwise_distances(a, b, n_jobs=args.threads)

    def radii(rows):
        return np.partition(distances(rows, rows), k, axis=-1)[:, k]

    def score():
        real_radii, generated_radii = radii(real), radii(generated)
        between = distances(real, generated)
        return dict(
            precision=float((between < real_radii[:, None]).any(0).mean()),
            recall=float((between < generated_radii[None, :]).any(1).mean()),
            density=float((between < real_radii[:, None]).sum(0).mean() / k),
            coverage=float((between.min(1) < real_radii).mean()),
        )

    seconds, scores = clock(score, 1)
    dump(real=real, generated=generated)
    report(seconds, n=n, d=d, k=k, version=sklearn.__version__, **scores)


def inception():
    """Features [n, 2048] of n images of 299x299 by Inception v3, eager. Weights are random; the
    statistics of batch normalization are those of a few of the images, so that features stay in range."""
    import torch
    import torchvision

    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    n, batch = args.n or 512, args.batch or 64
    images = given("images", lambda: np.random.default_rng(0).integers(0, 256, (n, 3, 299, 299), dtype=np.uint8))
    network = torchvision.models.inception_v3(weights=None, aux_logits=False, init_weights=False)
    network.fc = torch.nn.Identity()

    def embed(first, count):
        return network(torch.from_numpy(images[first : first + count]).float() / 127.5 - 1)

    with torch.no_grad():
        if args.input:
            network.load_state_dict(torch.load(f"{args.input}/weights.pth"))
        else:
            for module in network.modules():
                if isinstance(module, torch.nn.BatchNorm2d):
                    module.momentum = 1
            embed(0, 8)
        network.eval()
        seconds, features = clock(lambda: [embed(first, batch) for first in range(0, n, batch)], args.repeat)
    dump(images=images, features=torch.cat(features).numpy())
    if args.dump:
        torch.save(network.state_dict(), f"{args.dump}/weights.pth")
    report(seconds, n=n, batch=batch, version=torchvision.__version__)


def decode():
    """What decoding has to keep up with: the forward pass of a small convolutional network over n
    images of 28x28, batch 64, eager. The images are PNG files of 32x32, which PIL makes and resizes."""
    import io

    import torch
    from PIL import Image
    from torch import nn

    torch.set_num_threads(args.threads)
    n, batch, side = args.n or 20000, 64, 28
    random = np.random.default_rng(0)

    def draw():
        patches = random.integers(0, 240, (n, 4, 4, 3), dtype=np.uint8).repeat(8, 1).repeat(8, 2)
        pictures = patches + random.integers(0, 16, patches.shape, dtype=np.uint8)
        resized = np.empty((n, 3, side, side), np.uint8)
        files = []
        for i, picture in enumerate(pictures):
            image = Image.fromarray(picture)
            file = io.BytesIO()
            image.save(file, "png")
            files.append(np.frombuffer(file.getvalue(), np.uint8))
            resized[i] = np.asarray(image.resize((side, side), Image.BILINEAR)).transpose(2, 0, 1)
        dump(files=np.concatenate(files), lengths=np.array([len(file) for file in files], np.int64))
        return resized

    pixels = given("pixels", draw)
    layers, inputs = [], 3
    for outputs, pooled in ((16, True), (32, True), (64, False), (64, True), (128, False), (256, False)):
        layers += [nn.Conv2d(inputs, outputs, 3, 1, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)]
        layers += [nn.MaxPool2d(2)] if pooled else []
        inputs = outputs
    network = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1)).eval().to(memory_format=torch.channels_last)

    def embed(first):
        some = torch.from_numpy(pixels[first : first + batch]).float() / 127.5 - 1
        return network(some.contiguous(memory_format=torch.channels_last))

    with torch.no_grad():
        seconds, _ = clock(lambda: [embed(first) for first in range(0, n, batch)], args.repeat)
    dump(pixels=pixels)
    report(seconds, n=n, version=torch.__version__)


def stored(*commands):
    """The system's programs on a file of n MiB, one after the other."""
    n = args.n or 512
    content = given("content", lambda: np.random.default_rng(0).integers(0, 256, n << 20, dtype=np.uint8))
    dump(content=content)
    with tempfile.TemporaryDirectory(dir=args.dump or args.input) as folder:
        paths = {"input": f"{args.dump or args.input}/content.bin", "copy": f"{folder}/copy"}

        def work():
            for command in commands:
                subprocess.run(command.format(**paths).split(), check=True, stdout=subprocess.DEVNULL)

        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        (wall, _), _ = clock(work, 1)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    version = subprocess.run(["sha256sum", "--version"], check=True, capture_output=True, text=True).stdout
    report(seconds, n=n, version=version.split("\n")[0].removeprefix("sha256sum "))


def mlp_networks():
    """Self-conditioned GAN's synthetic networks: k = 50 labels, batch 100, two dimensions."""
    import torch
    from torch import nn
    from torch.nn import functional

    class Maxout(nn.Module):
        def __init__(self, inputs, outputs, pieces=5):
            super().__init__()
            self.linear = nn.Linear(inputs, outputs * pieces)
            self.outputs, self.pieces = outputs, pieces

        def forward(self, x):
            return self.linear(x).view(-1, self.outputs, self.pieces).amax(2)

    labels, batch, hidden = args.k or 50, 100, 400
    layers = []
    for i in range(4):
        layers += [nn.Linear(34 if i == 0 else hidden, hidden), nn.BatchNorm1d(hidden), nn.ReLU()]
    generator = nn.Sequential(*layers, nn.Linear(hidden, 2))
    discriminator = nn.Sequential(Maxout(2, 200), Maxout(200, 200), Maxout(200, 200), nn.Linear(200, labels))
    embedding = nn.Embedding(labels, 32)

    def generate():
        label = torch.randint(labels, (batch,))
        condition = functional.normalize(embedding(label))
        return generator(torch.cat([torch.randn(batch, 2), condition], 1)), label

    parameters = list(generator.parameters()) + list(embedding.parameters())
    return parameters, discriminator, generate, lambda: torch.randn(batch, 2), batch, 200


def dcgan_networks():
    """DCGAN, 32x32x3, batch 64."""
    import torch
    from torch import nn

    batch = 64
    layers = [nn.Linear(128, 512 * 16), nn.Unflatten(1, (512, 4, 4)), nn.BatchNorm2d(512), nn.ReLU()]
    for inputs, outputs in ((512, 256), (256, 128), (128, 64)):
        layers += [nn.ConvTranspose2d(inputs, outputs, 4, 2, 1), nn.BatchNorm2d(outputs), nn.ReLU()]
    generator = nn.Sequential(*layers, nn.Conv2d(64, 3, 3, 1, 1), nn.Tanh())
    layers = []
    for inputs, outputs in ((3, 64), (64, 128), (128, 256), (256, 512)):
        layers += [nn.Conv2d(inputs, outputs, 4, 2, 1), nn.LeakyReLU(0.1)]
    discriminator = nn.Sequential(*layers, nn.Flatten(), nn.Linear(512 * 4, 1))

    def generate():
        return generator(torch.randn(batch, 128)), torch.zeros(batch, dtype=torch.long)

    return list(generator.parameters()), discriminator, generate, lambda: torch.randn(batch, 3, 32, 32), batch, 20


def step(networks):
    """One update of D and one of G with the non-saturating loss, the mean over args.n steps after a warm-up."""
    import torch
    from torch.nn import functional

    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    parameters, discriminator, generate, real, batch, default_steps = networks()
    adam = dict(lr=1e-4, betas=(0.5, 0.999))
    generator_adam = torch.optim.Adam(parameters, **adam)
    discriminator_adam = torch.optim.Adam(discriminator.parameters(), **adam)

    def score(images, label):
        return discriminator(images).gather(1, label[:, None])

    def update(optimizer, loss):
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()

    def one():
        with torch.no_grad():
            fake, label = generate()
        loss = functional.softplus(-score(real(), label)).mean() + functional.softplus(score(fake, label)).mean()
        update(discriminator_adam, loss)
        fake, label = generate()
        update(generator_adam, functional.softplus(-score(fake, label)).mean())

    steps = args.n or default_steps
    for _ in range(max(3, steps // 5)):
        one()
    (wall, cpu), _ = clock(lambda: [one() for _ in range(steps)], args.repeat)
    unit = "one D step and one G step"
    report((wall / steps, cpu / steps), steps=steps, batch=batch, unit=unit, version=torch.__version__)


PEERS = {
    "knn": knn,
    "kmeans": kmeans,
    "sqrtm": sqrtm,
    "fid": fid,
    "prdc": prdc,
    "inception": inception,
    "decode": decode,
    "store-write": lambda: stored("cp {input} {copy}", "sync {copy}", "sha256sum {copy}"),
    "store-read": lambda: stored("sha256sum {input}"),
    "mlp-step": lambda: step(mlp_networks),
    "dcgan-step": lambda: step(dcgan_networks),
}

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("what", choices=PEERS)
parser.add_argument("--threads", type=int, default=2)
parser.add_argument("--n", type=int, help="rows, or steps")
parser.add_argument("--d", type=int, help="dimensions")
parser.add_argument("--k", type=int, help="neighbors, clusters or labels")
parser.add_argument("--batch", type=int, help="images evaluated at a time")
parser.add_argument("--repeat", type=int, default=3, help="timed repeats of the peers that take the median of several")
parser.add_argument("--dump", metavar="DIR")
parser.add_argument("--input", metavar="DIR")
args = parser.parse_args()
for variable in THREAD_VARIABLES:
    os.environ[variable] = str(args.threads)
import numpy as np  # after the thread variables, which BLAS reads when it is loaded

PEERS[args.what]()
