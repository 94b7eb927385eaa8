#!/bin/sh
# A job from a shell script, as batch systems do it: ocs job submit script.sh --watch
#
#OCS --name=squares --image=ocs/busybox
#OCS --cpu=100 --memory=16      # millicores, MiB
#OCS --count=4                  # instances; each has its OCS_TASK_INDEX
#OCS --env=GREETING="squared is"
set -eu

echo "$OCS_TASK_INDEX $GREETING $((OCS_TASK_INDEX * OCS_TASK_INDEX))"
