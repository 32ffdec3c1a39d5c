# Changes the guest in ten ways that no reboot survives, and in none that it does. Run as root, after truths.sh.
set -eu
device=$(ip -o route show default | sed 's/.* dev \([^ ]*\).*/\1/')

nft add rule inet truth input tcp dport 9999 accept                     # 1  a rule added by hand
sysctl -q -w net.ipv4.tcp_keepalive_time=1234                           # 2  a kernel parameter set at run time
ip addr add 192.0.2.77/32 dev "$device"                                 # 3  an address of an interface
docker run --detach --name loose truth:1 /bin/busybox sleep 1000000     # 4  a container without a restart policy
printf '[Service]\nExecStart=/bin/sleep infinity\n[Install]\nWantedBy=multi-user.target\n' \
    > /etc/systemd/system/loose.service
systemctl daemon-reload
systemctl start loose.service                                           # 5  a unit started, but not enabled
ip route add 203.0.113.0/24 dev "$device"                               # 6  a route
mkdir -p /srv/loose
mount -t tmpfs tmpfs /srv/loose                                         # 7  a mount
cp /etc/hosts /run/hosts
mount --bind /run/hosts /etc/hosts
echo '192.0.2.9 loose.example' >> /etc/hosts                            # 8  a name in a hosts file that lies in memory
cp /etc/group /run/group
mount --bind /run/group /etc/group
sed 's/^\(docker:x:[0-9]*:\).*/\1truth/' /run/group > /run/group.new
cat /run/group.new > /etc/group                                         # 9  a user's group
systemd-run --quiet --on-active=12h --unit=loose-timer /bin/true        # 10 a timer
