# Keeps Debian's daily package runs enabled, and lets none start in the middle of a rehearsal. $1 is the root file system;
# empty for the running one.
set -eu
for timer in apt-daily apt-daily-upgrade; do
    mkdir -p "$1/etc/systemd/system/$timer.timer.d"
    cat >"$1/etc/systemd/system/$timer.timer.d/90_boma.conf" <<END
[Timer]
OnCalendar=
OnActiveSec=1d
Persistent=false
END
done
