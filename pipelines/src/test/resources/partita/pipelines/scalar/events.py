"""Writes events.golden, what TensorBoard itself writes for the points of EventFileTest.

Made with tensorboard 2.21.0: python3 events.py
"""
import pathlib

from tensorboard.compat.proto import event_pb2, summary_pb2
from tensorboard.summary.writer.record_writer import RecordWriter

POINTS = [
    ("train/loss.D", 0, 1769869501.25, 1.5),
    ("train/loss.D", 300, 1769869502.75, -0.1),
    ("evaluate/fid_fashion-classifier_/seed-3", 5000000000, 1769869503.0, float("nan")),
    ("größe", 1, 0.5, 0.0),
]

golden = pathlib.Path(__file__).with_name("events.golden")
with golden.open("wb") as out:
    writer = RecordWriter(out)
    header = event_pb2.Event(wall_time=1769869500.5, file_version="brain.Event:2")
    writer.write(header.SerializeToString(deterministic=True))
    for tag, step, wall, value in POINTS:
        summary = summary_pb2.Summary(
            value=[summary_pb2.Summary.Value(tag=tag, simple_value=value)]
        )
        event = event_pb2.Event(wall_time=wall, step=step, summary=summary)
        writer.write(event.SerializeToString(deterministic=True))
    writer.flush()
