#!/usr/bin/env bash
# Ends with 1 unless the tag GITHUB_REF_NAME is the version of package.json and CHANGELOG.md has an entry for it.
set -euo pipefail

version=$(node -p "require('./package.json').version")
if [ "$GITHUB_REF_NAME" != "v$version" ]; then
  echo "The tag is $GITHUB_REF_NAME, but package.json says $version." >&2
  exit 1
fi
if ! awk -v version="$version" '$1 == "##" && $2 == version { found = 1 } END { exit !found }' CHANGELOG.md; then
  echo "CHANGELOG.md has no entry '## $version'." >&2
  exit 1
fi
