#!/usr/bin/env bash
# Animates a picture with nothing but curl: submit, ask for the status until it is over, fetch the result and the file.
# Usage: animate.sh PICTURE PROMPT [OUTPUT]        KINORA_URL and FAL_KEY name the server and the key.
set -euo pipefail

picture=$1 prompt=$2 output=${3:-out.mp4}
server=${KINORA_URL:-http://127.0.0.1:7860}
server=${server%/}
endpoint=fal-ai/kling-video/v3/turbo/standard/image-to-video
headers=(--header "Authorization: Key ${FAL_KEY:-local:user}" --header "Content-Type: application/json")

# One field of a JSON object, as text. The answers are compact, and these values hold no quotes.
field() { sed -n "s/.*\"$1\":\"\([^\"]*\)\".*/\1/p"; }

# The picture travels as a data URI. A body of some megabytes is too long for a command line, so curl reads it from standard input.
type=image/jpeg
[[ $picture == *.png ]] && type=image/png
prompt=${prompt//\\/\\\\}
submitted=$({
  printf '{"prompt":"%s","duration":"3","image_url":"data:%s;base64,' "${prompt//\"/\\\"}" "$type"
  base64 --wrap=0 <"$picture"
  printf '"}'
} | curl --silent --show-error --fail-with-body "${headers[@]}" --data-binary @- "$server/queue/$endpoint")

status_url=$(field status_url <<<"$submitted")
response_url=$(field response_url <<<"$submitted")

while true; do
  status=$(curl --silent --show-error --fail-with-body "${headers[@]}" "$status_url" | field status)
  echo "$status" >&2
  [[ $status == COMPLETED ]] && break
  sleep 1
done

# A request that failed answers here with its own status code, and curl with its exit code.
result=$(curl --silent --show-error --fail-with-body "${headers[@]}" "$response_url")
curl --silent --show-error --fail --output "$output" "$(field url <<<"$result")"
echo "$output"
