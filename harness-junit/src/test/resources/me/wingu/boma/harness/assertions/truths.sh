# Makes the guest hold something of every kind that a state tells of. Run as root, once.
set -eu

# A file system that /etc/fstab brings, a kernel parameter that a file sets, a name in the hosts file.
mkdir -p /srv/scratch /srv/web
echo 'tmpfs /srv/scratch tmpfs size=16m,nosuid 0 0' >> /etc/fstab
mount /srv/scratch
printf 'vm.swappiness = 33\nnet.ipv4.ip_forward = 1\n' > /etc/sysctl.d/truth.conf
sysctl -q -p /etc/sysctl.d/truth.conf
echo '192.0.2.1 truth.example' >> /etc/hosts
echo 'deb https://deb.truth.example/debian truth main' > /etc/apt/sources.list.d/truth.list
echo 'APT::Periodic::Unattended-Upgrade "1";' > /etc/apt/apt.conf.d/99truth
echo 'this page is true' > /srv/web/index.html

# An account with one right, and a file that belongs to its group.
useradd --create-home --shell /bin/bash truth
echo 'truth ALL=(root) NOPASSWD: /usr/bin/systemctl restart ssh' > /etc/sudoers.d/truth
chmod 0440 /etc/sudoers.d/truth
printf 'Match Address 198.51.100.77\nAllowUsers truth\n' > /etc/ssh/sshd_config.d/60-truth.conf
echo 'sshd: 198.51.100.78, 127.0.0.78' > /etc/hosts.deny
install -m 0640 -o root -g truth /srv/web/index.html /etc/truth
ln -s truth /etc/untruth

# Units: one that runs and is enabled, a timer, and one that fails.
cat > /etc/systemd/system/truth.service <<'UNIT'
[Unit]
After=nftables.service
[Service]
User=truth
ExecStart=/bin/sleep infinity
[Install]
WantedBy=multi-user.target
UNIT
cat > /etc/systemd/system/truth-nightly.timer <<'UNIT'
[Timer]
OnCalendar=03:00
[Install]
WantedBy=timers.target
UNIT
printf '[Service]\nType=oneshot\nExecStart=/bin/true\n' > /etc/systemd/system/truth-nightly.service
printf '[Service]\nType=oneshot\nExecStart=/bin/false\n' > /etc/systemd/system/untruth.service
systemctl daemon-reload
systemctl -q enable --now truth.service truth-nightly.timer
systemctl start untruth.service || true
mkdir -p /etc/cron.d
echo '5 4 * * * root /usr/local/bin/truth' > /etc/cron.d/truth

# A certificate, a server that presents it, and a name server that others may ask.
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=truth.example \
    -addext subjectAltName=DNS:truth.example -keyout /etc/ssl/private/truth.key -out /etc/ssl/truth.crt 2>/dev/null
cat > /etc/systemd/system/truth-tls.service <<'UNIT'
[Service]
ExecStart=/usr/bin/openssl s_server -quiet -accept 443 -cert /etc/ssl/truth.crt -key /etc/ssl/private/truth.key -WWW
WorkingDirectory=/srv/web
[Install]
WantedBy=multi-user.target
UNIT
# A STUN server, of the package files that the image brought along.
mkdir -p /opt/coturn
for deb in /var/lib/boma/debs/*.deb; do
    dpkg-deb --fsys-tarfile "$deb" | tar --extract --directory /opt/coturn --keep-directory-symlink --wildcards \
        './usr/bin/turnserver' './usr/lib/*.so*' './lib/*.so*' 2>/dev/null || true
done
cat > /etc/systemd/system/truth-stun.service <<'UNIT'
[Service]
Environment=LD_LIBRARY_PATH=/opt/coturn/usr/lib/x86_64-linux-gnu
ExecStart=/opt/coturn/usr/bin/turnserver --listening-ip 0.0.0.0 --stun-only --no-tls --no-dtls --no-cli --log-file=stdout --pidfile=/run/turn.pid
[Install]
WantedBy=multi-user.target
UNIT
mkdir -p /etc/systemd/resolved.conf.d
printf '[Resolve]\nDNSStubListenerExtra=udp:0.0.0.0:1053\n' > /etc/systemd/resolved.conf.d/truth.conf
systemctl restart systemd-resolved.service
# A daemon that opens its port only when the boot has been finished for a while: after the first reading of the state that
# follows it, and well before the harness stops waiting for what comes late (40 s after that reading, emulated).
cat > /usr/local/bin/truth-late <<'DAEMON'
#!/bin/sh
systemctl is-system-running --wait > /dev/null
sleep 25
exec openssl s_server -quiet -accept 8443 -cert /etc/ssl/truth.crt -key /etc/ssl/private/truth.key -WWW
DAEMON
chmod 0755 /usr/local/bin/truth-late
printf '[Service]\nExecStart=/usr/local/bin/truth-late\n[Install]\nWantedBy=multi-user.target\n' \
    > /etc/systemd/system/truth-late.service
systemctl daemon-reload
systemctl -q enable --now truth-tls.service truth-stun.service truth-late.service

# A tunnel that was made by hand, and a firewall that the next boot will load.
ip link add wt0 type wireguard
(umask 077; wg genkey > /run/wt0.key)
wg set wt0 listen-port 51820 private-key /run/wt0.key \
    peer "$(wg genkey | wg pubkey)" allowed-ips 100.99.0.7/32
ip addr add 100.99.0.1/16 dev wt0
ip link set wt0 up
# A tunnel that each boot makes anew, on a port that the kernel chooses.
(umask 077; printf '[Interface]\nPrivateKey = %s\nAddress = 100.98.0.1/24\n' "$(wg genkey)" > /etc/wireguard/wg1.conf)
systemctl -q enable --now wg-quick@wg1.service
cat > /etc/nftables.conf <<'RULES'
flush ruleset
table inet truth {
    set admins {
        type ipv4_addr
        elements = { 198.51.100.1 }
    }
    chain input {
        type filter hook input priority filter; policy accept;
        tcp dport 2323 drop
        ip saddr @admins tcp dport 8080 accept
    }
}
RULES
systemctl -q enable nftables.service
systemctl restart nftables.service

# Containers: one that comes back after a reboot, one that ended. The flush took Docker's own rules away.
systemctl restart docker.service
root=$(mktemp -d)
mkdir "$root/bin"
cp /bin/busybox "$root/bin/busybox"
ln -s busybox "$root/bin/sh"
tar --create --directory "$root" . | docker import - truth:1 > /dev/null
docker run --detach --name truth --restart unless-stopped --publish 8080:80 --volume /srv/web:/www:ro \
    --health-cmd 'busybox true' --health-interval 2s truth:1 /bin/busybox httpd -f -p 80 -h /www > /dev/null
docker volume create truth-data > /dev/null
docker network create --internal truth-net > /dev/null
docker run --name untruth truth:1 /bin/busybox sh -c 'echo no database; exit 1' || true

modprobe dummy numdummies=0
apt-mark -q hold jq > /dev/null
auditctl -w /etc/truth -p wa -k truth
echo '-w /etc/truth -p wa -k truth' > /etc/audit/rules.d/truth.rules
logger --priority user.err --tag truth 'a planted error'
for i in $(seq 60); do
    [ "$(docker inspect --format '{{.State.Health.Status}}' truth)" = healthy ] && break
    sleep 1
done
