"""Animates a picture with the official Python client, unmodified.

Usage: python animate.py PICTURE PROMPT [OUTPUT]

The client speaks https only and reads where to when it is imported:

    export FAL_KEY=local:user
    export FAL_RUN_HOST=kinora.example.org FAL_QUEUE_RUN_HOST=kinora.example.org/queue
    export SSL_CERT_FILE=ca.pem      # only for a certificate of your own authority
"""

import os
import shutil
import ssl
import sys
import urllib.request

if "FAL_RUN_HOST" not in os.environ:
    sys.exit("Set FAL_RUN_HOST and FAL_QUEUE_RUN_HOST first, or this asks (and bills) the hosted service.")

import fal_client  # noqa: E402  (the environment must be checked before)


def show(update) -> None:
    if isinstance(update, fal_client.Queued):
        print(f"queued, {update.position} ahead", file=sys.stderr)
    elif isinstance(update, fal_client.InProgress) and update.logs:
        print(update.logs[-1]["message"], file=sys.stderr)


def main(picture: str, prompt: str, output: str = "out.mp4") -> None:
    result = fal_client.subscribe(
        "fal-ai/kling-video/v3/turbo/standard/image-to-video",
        arguments={"prompt": prompt, "duration": "3", "image_url": fal_client.encode_file(picture)},
        with_logs=True,
        on_queue_update=show,
    )
    trust = ssl.create_default_context(cafile=os.environ.get("SSL_CERT_FILE"))
    with urllib.request.urlopen(result["video"]["url"], context=trust) as body, open(output, "wb") as file:
        shutil.copyfileobj(body, file)
    print(output)


if __name__ == "__main__":
    main(*sys.argv[1:])
