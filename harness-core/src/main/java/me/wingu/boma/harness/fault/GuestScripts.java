package me.wingu.boma.harness.fault;

import java.time.Duration;
import java.time.Instant;

/**
 * A fault that is made inside the guest. Both scripts run as root, by a POSIX shell; taking back what is not there, or was
 * planted in part only, succeeds.
 *
 * @param plant makes the fault
 * @param undo takes it back
 */
record GuestScripts(String plant, String undo) {

    /** The ruleset that was there. In memory: after a reboot the host's own is in force, and nothing is to be taken back. */
    private static final String RULESET = "/run/boma-fault-ruleset";

    /** Says that the clock was kept right by time servers. */
    private static final String CLOCK_SYNCHRONIZED = "/var/lib/boma-fault-clock";

    /** Refused as long as the time servers' client is stopping. */
    private static final String SET_CLOCK =
            """
            tries=0
            until timedatectl set-time "@%s"; do
                tries=$((tries + 1))
                [ $tries -lt 10 ]
                sleep 1
            done
            """;

    /** Only iptables reads back what iptables made, so its tables are kept in its own words. */
    static GuestScripts flushedRuleset() {
        return new GuestScripts(
                """
                set -eu
                rm -rf %1$s
                mkdir -m 700 %1$s
                cd %1$s
                for tool in ip:iptables ip6:ip6tables; do
                    : >"${tool%%:*}"
                    if command -v "${tool#*:}-nft-save" >/dev/null; then
                        "${tool#*:}-nft-save" --counters >"${tool%%:*}"
                    fi
                done
                nft list tables | while read -r _ family name; do
                    if ! grep -qxF "*$name" "$family" 2>/dev/null; then
                        nft list table "$family" "$name" >>nft
                    fi
                done
                nft flush ruleset
                """
                        .formatted(RULESET),
                """
                set -eu
                [ -d %1$s ] || exit 0
                nft flush ruleset
                [ ! -s %1$s/nft ] || nft -f %1$s/nft
                [ ! -s %1$s/ip ] || iptables-nft-restore --counters <%1$s/ip
                [ ! -s %1$s/ip6 ] || ip6tables-nft-restore --counters <%1$s/ip6
                rm -r %1$s
                """
                        .formatted(RULESET));
    }

    static GuestScripts killedContainer(String name) {
        return new GuestScripts(
                """
                set -eu
                pid=$(docker inspect --format '{{ .State.Pid }}' -- %1$s)
                if [ "$pid" -eq 0 ]; then
                    echo "the container does not run" >&2
                    exit 1
                fi
                kill -9 "$pid"
                """
                        .formatted(quoted(name)),
                "docker start -- %s".formatted(quoted(name)));
    }

    /** Space is allocated and not written, in pieces as large as fit, and the last of it in single blocks. */
    static GuestScripts fullDisk(String directory) {
        String file = quoted(directory + "/.boma-fault-full");
        return new GuestScripts(
                """
                set -eu
                size=0
                for piece in 1073741824 67108864 4194304 262144 4096; do
                    while fallocate --offset $size --length $piece %1$s 2>/dev/null; do
                        size=$((size + piece))
                    done
                done
                [ $size -gt 0 ]
                """
                        .formatted(file),
                "rm -f " + file);
    }

    /** Systemd's own tool sets the hardware clock, too. */
    static String clockOffBy(Duration error) {
        return """
                set -eu
                if [ "$(timedatectl show --property NTP --value)" = yes ]; then
                    touch %s
                    timedatectl set-ntp false
                fi
                wrong=$(($(date +%%s) + %d))
                """
                .concat(SET_CLOCK.formatted("$wrong"))
                .formatted(CLOCK_SYNCHRONIZED, error.toSeconds());
    }

    /** The right time is that of this machine: the guest's may be anything by now. */
    static String clockAt(Instant now) {
        return """
                set -eu
                %1$s
                if [ -e %2$s ]; then
                    rm %2$s
                    timedatectl set-ntp true
                fi
                """
                .formatted(SET_CLOCK.formatted(now.getEpochSecond()), CLOCK_SYNCHRONIZED);
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
