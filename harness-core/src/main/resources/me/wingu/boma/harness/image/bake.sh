# Runs as root in the publisher's image, on its first boot, and makes a golden image of it: installs the packages, lays
# the package files down, and forgets that it ever ran. It speaks on the serial console. Beside it in /run/boma lie
# apt.conf, sources.list, timers.sh, packages and package-files.
set -eu
exec </dev/null >/dev/ttyS0 2>&1
trap 'echo; echo "boma: baked with status $?"; sync; systemctl --no-block poweroff' EXIT
export DEBIAN_FRONTEND=noninteractive APT_CONFIG=/run/boma/apt.conf

sh /run/boma/timers.sh ""
systemctl daemon-reload
apt-get -q -y update
# shellcheck disable=SC2046 # lists of package names
apt-get -q -y install $(cat /run/boma/packages)
if [ -s /run/boma/package-files ]; then
    mkdir -p /var/lib/boma/debs/partial
    : >/run/boma/none-installed # an empty status: all that they depend on is fetched
    # shellcheck disable=SC2046
    apt-get -q -y -o Dir::State::status=/run/boma/none-installed -o Dir::Cache::archives=/var/lib/boma/debs \
        -o APT::Sandbox::User=root --download-only install $(cat /run/boma/package-files)
    rm -rf /var/lib/boma/debs/partial /var/lib/boma/debs/lock
fi
apt-get clean
rm -rf /var/lib/apt/lists/*

cloud-init clean --logs
rm -f /etc/ssh/ssh_host_* /etc/netplan/50-cloud-init.yaml /var/lib/systemd/random-seed
: >/etc/machine-id # empty, not absent: every guest gets an id of its own, without systemd's first-boot presets
