#!/bin/sh
# Start the front server in the foreground: fill the names that begin with DATELINE_ into its configuration, and run it.
set -eu
names=$(env | sed -n 's/^\(DATELINE_[A-Z_]*\)=.*/${\1}/p')
envsubst "$names" <"$(dirname "$0")/nginx.conf.template" >"$DATELINE_HOME/nginx.conf"
exec nginx -p "$DATELINE_HOME" -c "$DATELINE_HOME/nginx.conf" -e stderr -g "daemon off;"
