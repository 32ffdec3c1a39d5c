# Reads the state of a Debian host. POSIX shell, run as root; changes nothing on the host.
#
# Every collector is a function of its own, run in the background in a subshell, writing to its own file. One exec
# costs a quarter of a second on an emulated guest and a process some milliseconds: hence few processes, builtins where
# they do, and no pipelines. A collector whose tool is absent ends with 69; that is an answer, not an error.

set -u
umask 077
export LC_ALL=C PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
work=$(mktemp -d "${BOMA_SCRATCH:-/run}/boma-state.XXXXXX") || exit 70
trap 'rm -rf "$work"' EXIT
trap 'exit 71' HUP INT TERM
read -r nonce </proc/sys/kernel/random/uuid
tab=$(printf '\t')

need() {
    command -v "$1" >/dev/null 2>&1 || { echo "$1" >&2; exit 69; }
}

# Chroots and containers have the tool, but no systemd that could answer.
need_systemd() {
    need systemctl
    [ -d /run/systemd/system ] || { echo 'a running systemd' >&2; exit 69; }
}

# The time since boot in hundredths of a second, into $now, without a process.
clock() {
    read -r now _ </proc/uptime
    now=${now%.*}${now#*.}
}

# The first line of a file into $line; the file may lack its newline.
first_line() {
    line=
    [ -r "$1" ] && { read -r line <"$1" || [ -n "$line" ]; }
}

launch() {
    (
        clock; began=$now
        ( "collect_$1" ) >"$work/$1.1" 2>"$work/$1.3" </dev/null
        status=$?
        clock
        printf '\n%s %s %s %s\n' "$nonce" "$1" "$status" "$((now - began))" >"$work/$1.2"
        printf '\n%s .\n' "$nonce" >"$work/$1.4"
    ) &
}

run() {
    for name in $wanted; do
        launch "$name"
    done
    wait
    printf '%s\n' "$nonce"
    cd "$work" && head -q -c "$limit" ./*.[1-4]
}

collect_sockets() {
    need ss
    ss -H -n -a -p -e -O -t -u || return
    # Unix sockets that accept connections: flag 0x10000 of /proc/net/unix.
    while read -r _ _ _ flags type _ inode path; do
        if [ "$flags" = 00010000 ] && [ -n "$path" ]; then
            printf 'unix %s %s %s\n' "$type" "$inode" "$path"
        fi
    done </proc/net/unix
}

unit_directories='/etc/systemd/system.control /run/systemd/system.control /run/systemd/transient
    /run/systemd/generator.early /etc/systemd/system /run/systemd/system /run/systemd/generator
    /usr/local/lib/systemd/system /usr/lib/systemd/system /run/systemd/generator.late'

collect_units() {
    need_systemd
    systemctl list-units --all --full --no-pager --output=json || return
    set --
    for directory in $unit_directories; do
        [ ! -d "$directory" ] || set -- "$@" "$directory"
    done
    printf '\n=files\n'
    find "$@" -printf '%y %p %l\n'
    printf '\n=install\n'
    grep -rls '^\[Install\]' "$@"
    return 0
}

unit_properties=Id,Type,Result,ExecMainStatus,NRestarts,MainPID,InactiveExitTimestampMonotonic
unit_properties=$unit_properties,ActiveEnterTimestampMonotonic,After,Requires,Wants,WantedBy,TriggeredBy,Triggers
unit_properties=$unit_properties,BusName,NeedDaemonReload,TimersCalendar,TimersMonotonic,NextElapseUSecRealtime

# Without --all: what is active, failed or on its way. systemd answers for each unit, which is the slowest part.
collect_startup() {
    need_systemd
    systemctl show --no-pager -p "$unit_properties" '*.service' '*.socket' '*.timer' '*.path' '*.mount' '*.target'
}

collect_boot() {
    for file in /proc/sys/kernel/random/boot_id /proc/sys/kernel/osrelease /proc/sys/kernel/tainted /proc/cmdline \
        /proc/uptime; do
        first_line "$file" && printf '%s=%s\n' "${file##*/}" "$line"
    done
    first_line /proc/sys/kernel/hostname && printf 'kernel.hostname=%s\n' "$line"
    first_line /etc/hostname && printf 'etc.hostname=%s\n' "$line"
    while read -r key value; do
        case $key in btime) printf 'btime=%s\n' "$value" ;; esac
    done </proc/stat
    if [ -r /etc/os-release ]; then
        while IFS= read -r line; do printf 'os.%s\n' "$line"; done </etc/os-release
    fi
    if [ -L /etc/localtime ]; then
        printf 'localtime=%s\n' "$(readlink /etc/localtime)"
    fi
    if [ -d /run/systemd/system ]; then
        systemctl show --no-pager -p SystemState,UserspaceTimestampMonotonic,FinishTimestampMonotonic
    fi
}

# Environment, command lines and labels of a container can hold secrets; the template leaves them on the host.
inspect='{"Id":{{json .Id}},"Name":{{json .Name}},"Image":{{json .Image}},"ImageName":{{json .Config.Image}},'
inspect=$inspect'"User":{{json .Config.User}},"State":{{json .State}},"RestartCount":{{json .RestartCount}},'
inspect=$inspect'"RestartPolicy":{{json .HostConfig.RestartPolicy}},"NetworkMode":{{json .HostConfig.NetworkMode}},'
inspect=$inspect'"Privileged":{{json .HostConfig.Privileged}},"PortBindings":{{json .HostConfig.PortBindings}},'
inspect=$inspect'"Ports":{{json .NetworkSettings.Ports}},"Networks":{{json .NetworkSettings.Networks}},'
inspect=$inspect'"Mounts":{{json .Mounts}}}'

collect_docker() {
    need docker
    # A question to docker.socket would start a daemon that does not run; only a running one is asked.
    if first_line /run/docker.pid && [ -d "/proc/$line" ]; then
        ids=$(timeout 20 docker ps -aq --no-trunc) || return
        [ -z "$ids" ] || timeout 20 docker inspect --type container --format "$inspect" $ids
    else
        echo 'docker is installed, but its daemon does not run' >&2
        return 1
    fi
}

collect_podman() {
    need podman
    ids=$(timeout 20 podman ps -aq --no-trunc) || return
    [ -z "$ids" ] || timeout 20 podman inspect --type container --format "$inspect" $ids
}
