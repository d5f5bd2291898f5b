"""A stand-in for the official package fal-client 1.0.1, for machines that cannot install it: the names that the sample uses, with the calls that the official client makes on the wire.

It is no client for anyone else. The test puts it on the path only where the real package is missing; what the real one sends is held call by call by tests/Kinora.Server.Tests/PythonClientWireTests.cs.
"""

import base64
import json
import mimetypes
import os
import time
import urllib.request
from dataclasses import dataclass

QUEUE_URL_FORMAT = f"https://{os.environ.get('FAL_QUEUE_RUN_HOST', 'queue.' + os.environ.get('FAL_RUN_HOST', 'fal.run'))}/"
POLL_SECONDS = 0.1


@dataclass
class Queued:
    position: int


@dataclass
class InProgress:
    logs: list | None


@dataclass
class Completed:
    logs: list | None
    metrics: dict


def encode_file(path):
    with open(path, "rb") as file:
        return f"data:{mimetypes.guess_type(path)[0]};base64,{base64.b64encode(file.read()).decode()}"


def subscribe(application, arguments, *, with_logs=False, on_queue_update=None):
    handle = _call("POST", QUEUE_URL_FORMAT + application, arguments)
    while True:
        status = _parse(_call("GET", f"{handle['status_url']}?logs={str(with_logs).lower()}"))
        if on_queue_update is not None:
            on_queue_update(status)
        if isinstance(status, Completed):
            break
        time.sleep(POLL_SECONDS)
    _call("GET", handle["status_url"] + "?logs=false")
    return _call("GET", handle["response_url"])


def _parse(status):
    match status["status"]:
        case "IN_QUEUE":
            return Queued(position=status["queue_position"])
        case "IN_PROGRESS":
            return InProgress(logs=status["logs"])
        case "COMPLETED":
            return Completed(logs=status["logs"], metrics=status.get("metrics", {}))
        case other:
            raise ValueError(f"Unknown status: {other}")


def _call(method, url, body=None):
    request = urllib.request.Request(url, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Authorization", "Key " + os.environ["FAL_KEY"])
    request.add_header("User-Agent", "fal-client/1.0.1 (python)")
    if body is not None:
        request.add_header("Content-Type", "application/json")
    with urllib.request.urlopen(request) as answer:  # SSL_CERT_FILE is OpenSSL's own variable
        return json.load(answer)
