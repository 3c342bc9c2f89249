#!/bin/sh
# Signs in with curl and says who it is. Asks for what SALLYPORT_EMAIL, SALLYPORT_PASSWORD and SALLYPORT_CODE do not say.
set -eu
api=${SALLYPORT_URL:-http://localhost:3000}/api/v1
umask 077
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# call METHOD PATH [OPTION …]: the answer is in "$folder/answer"; a problem is told, and ends the script.
call() {
  method=$1 path=$2
  shift 2
  curl --silent --show-error --fail-with-body --output "$folder/answer" \
    --cookie "$folder/jar" --cookie-jar "$folder/jar" --request "$method" "$api$path" "$@" && return
  jq -r '"\(.code): \(.detail // .title)"' "$folder/answer" >&2
  exit 1
}

# post PATH: sends "$folder/body", because everybody on the machine sees the arguments of a command.
post() {
  call POST "$1" --header 'content-type: application/json' --data-binary "@$folder/body"
}

ask() {
  printf '%s: ' "$1" >&2
  read -r said
  printf '%s' "$said"
}

export EMAIL="${SALLYPORT_EMAIL:-$(ask Email)}"
export PASSWORD="${SALLYPORT_PASSWORD:-$(stty -echo; ask Password; stty echo; echo >&2)}"
jq -n '{email: env.EMAIL, password: env.PASSWORD}' >"$folder/body"
post /auth/login
if [ "$(jq -r .status "$folder/answer")" = mfa_required ]; then
  export CODE="${SALLYPORT_CODE:-$(ask Code)}"
  jq -n '{method: "totp", code: env.CODE}' >"$folder/body"
  post /auth/login/mfa
fi
call GET /me
jq -r '"\(.name) <\(.email)>, \(.role) of \(.organization.name)"' "$folder/answer"
call POST /auth/logout
