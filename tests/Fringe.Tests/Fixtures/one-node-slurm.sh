#!/bin/bash
# A Slurm of one node in a folder, beside any other on the machine: one-node-slurm.sh start|stop FOLDER PORT
set -euo pipefail
folder=$2
case $1 in
start)
    mkdir -p "$folder"/{state,spool,run}
    head -c 1024 /dev/urandom >"$folder/munge.key"
    chmod 400 "$folder/munge.key"
    munged --force --key-file="$folder/munge.key" --socket="$folder/run/munge.socket" \
        --pid-file="$folder/run/munged.pid" --log-file="$folder/munged.log" --seed-file="$folder/munged.seed"
    cat >"$folder/slurm.conf" <<CONF
ClusterName=fringe
SlurmctldHost=$(hostname)(127.0.0.1)
SlurmctldPort=$3
SlurmdPort=$(($3 + 1))
AuthType=auth/munge
AuthInfo=socket=$folder/run/munge.socket
SlurmUser=root
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd.pid
SlurmctldLogFile=$folder/slurmctld.log
SlurmdLogFile=$folder/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SchedulerType=sched/builtin
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
MpiDefault=none
ReturnToService=2
NodeName=$(hostname) NodeAddr=127.0.0.1 CPUs=$(nproc) State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES State=UP
CONF
    slurmctld -f "$folder/slurm.conf"
    slurmd -f "$folder/slurm.conf"
    ;;
stop)
    for name in slurmd slurmctld munged; do
        if [ -f "$folder/run/$name.pid" ]; then
            kill "$(cat "$folder/run/$name.pid")" || true
        fi
    done
    ;;
esac
