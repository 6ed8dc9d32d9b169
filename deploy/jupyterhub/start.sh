#!/bin/sh
# Starts a person's JupyterLab on a hub. Where they have no copy of the book's notebooks yet, they get one first.
# BOOK names the checkout. A copy that is there is never written to: it holds their work.
set -eu
cd "$HOME" # not where an image would start it
if [ ! -e convnet-book ]; then
  rm -rf .convnet-book
  mkdir .convnet-book
  cp "$BOOK"/book/*.ipynb "$BOOK"/book/*.md .convnet-book/
  chmod -R u+w .convnet-book
  mv .convnet-book convnet-book # at once: a start that is broken off leaves no half
fi
exec jupyterhub-singleuser "$@"
