# shellcheck shell=bash disable=SC2034
# The Debian packages that the harness stands on, each with its reason. The set-up installs what is missing.

# Needed to build and to start at all. A JDK or Maven of your own on PATH (or JAVA_HOME) serves as well.
jdk_package=default-jdk-headless # 17 on Debian 12, 21 on Debian 13
maven_package=maven

# Needed by `nft …`, besides Java.
analysis_packages=(
    nftables # reads and checks rulesets
    iproute2 # network namespaces for the comparison with the kernel
)

# The hypervisor. These come from one suite, because libvirt and QEMU are to fit each other.
hypervisor_packages=(
    libvirt-daemon-system # the daemon, its group and its socket
    libvirt-clients       # virsh: consoles, and the checks of the doctor
    qemu-system-x86       # the machines
    qemu-utils            # qemu-img: overlays
)

# What the hypervisor and the steps of a rehearsal call.
rehearsal_packages=(
    dnsmasq-base           # addresses for the guests on libvirt's network
    iptables               # libvirt's NAT, and ebtables for its filters
    iputils-ping           # ICMP probes
    openssh-client         # what Ansible connects with; ssh-keygen
    ansible-core           # applies the site
    ansible-mitogen        # carries its tasks out where guests are emulated
    python3                # Ansible's own, and the guests' modules
    mmdebstrap             # builds the golden image where it cannot be downloaded
    uidmap                 # lets it do so without root
    debian-archive-keyring # what it verifies packages with
    fdisk                  # sfdisk: the built image's partitions
    e2fsprogs              # mke2fs: its file system
    xorriso                # the cloud-init seed
    ca-certificates        # HTTPS: Maven's repository, the image host
)

# What they call besides where process 1 is not systemd.
container_packages=(
    tini # waits for what libvirtd leaves to process 1
)
