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
        # A collector may end by exit, too.
        trap "status=\$?; trap - EXIT; ended $1" EXIT
        "collect_$1"
    ) >"$work/$1.1" 2>"$work/$1.3" </dev/null &
}

ended() {
    clock
    printf '\n%s %s %s %s\n' "$nonce" "$1" "$status" "$((now - began))" >"$work/$1.2"
    printf '\n%s .\n' "$nonce" >"$work/$1.4"
}

# Daemons are asked over their sockets, which spares the host the starts of their clients; perl-base is on every Debian.
# Socket.pm would name the two numbers, Linux's on all of Debian's processors but MIPS, and take a tenth of a second for it.
ask_module='package Ask;

# The connection with a daemon that was sent a first question, and has 20 seconds for all that it is asked.
sub daemon {
    my ($who, $path, $question) = @_;
    $SIG{ALRM} = sub { die "$who: no answer within 20 s\n" };
    alarm 20;
    my ($AF_UNIX, $SOCK_STREAM, $daemon) = (1, 1);
    socket($daemon, $AF_UNIX, $SOCK_STREAM, 0)
        && connect($daemon, pack "S Z*", $AF_UNIX, $path)
        && syswrite($daemon, $question)
        or die "$who: $path: $!\n";
    return $daemon;
}

1;
'

run() {
    printf %s "$ask_module" >"$work/Ask.pm"
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
    sed -n 's/^[^ ]* [^ ]* [^ ]* 00010000 \([^ ]*\) [^ ]* *\([^ ]*\) \(.*\)$/unix \1 \2 \3/p' /proc/net/unix
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

# How the units came up that are not inactive or wait for a job: a block of lines each, "key=value". systemctl show asks for all
# properties of a unit, some of them read from its control group, and waits for each answer before it asks for the next, which
# takes three times as long. So systemd is asked by D-Bus, over the socket that systemctl uses.
# https://dbus.freedesktop.org/doc/dbus-specification.html, org.freedesktop.systemd1(5)
unit_properties() {
    perl -I "$work" - <<'END_OF_PERL'
use Ask;

my $systemd = Ask::daemon(
    "systemd", "/run/systemd/private", "\0AUTH EXTERNAL " . unpack("H*", $>) . "\r\nBEGIN\r\n");
my ($name, $properties) = ("org.freedesktop.systemd1", "org.freedesktop.DBus.Properties");
my $received = "";
my $serial = 0;

sub more {
    sysread($systemd, $received, 65536, length $received) or die "systemd closed the connection\n";
}

sub padded {
    my ($bytes, $to) = @_;
    return $bytes . "\0" x (-length($bytes) % $to);
}

# A call of a method with strings.
sub call {
    my ($path, $interface, $method, @arguments) = @_;
    my $fields = "";
    for ([1, "o", $path], [2, "s", $interface], [3, "s", $method]) {
        $fields = padded($fields, 8) . pack "C C/a* x V/a* x", @$_;
    }
    $fields = padded($fields, 8) . pack "C C/a* x C/a* x", 8, "g", "s" x @arguments if @arguments;
    my $body = "";
    $body = padded($body, 4) . pack "V/a* x", $_ for @arguments;
    return padded(pack("a C3 V3", "l", 1, 0, 1, length $body, ++$serial, length $fields) . $fields, 8) . $body;
}

# The body of the answer to a call, which comes in its turn; empty for an error. Signals may come between.
sub answer {
    my ($to) = @_;
    while (1) {
        more() while length $received < 16;
        my ($kind, $body, $fields) = unpack "x C x2 V x4 V", $received;
        my $head = 16 + $fields + -$fields % 8;
        more() while length $received < $head + $body;
        my $message = substr $received, 0, $head + $body, "";
        next unless $kind == 2 || $kind == 3;
        my ($serial) = substr($message, 16, $fields) =~ /\x05\x01u\0(.{4})/s;
        unpack("V", $serial) == $to or die "systemd answers out of turn\n";
        return $kind == 2 ? substr $message, $head : "";
    }
}

# What is read, and where.
my ($body, $at);

sub number {
    my ($size, $format) = @_;
    $at += -$at % $size + $size;
    return unpack $format, substr $body, $at - $size, $size;
}

# A value by its type, as text: words of an array, and { a ; b } for a structure.
sub value {
    my ($type) = @_;
    if ($type =~ s/^a//) {
        my $length = number(4, "V");
        $at += -$at % 8 if $type =~ /^\(/;
        my $end = $at + $length;
        my @values;
        push @values, value($type) while $at < $end;
        return join " ", @values;
    }
    return "{ " . join(" ; ", fields($type)) . " }" if $type =~ /^\(/;
    return number(4, "V") if $type =~ /[bu]/;
    return number(4, "l<") if $type eq "i";
    return number(8, "Q<") if $type eq "t";
    my $length = number(4, "V"); # s or o
    $at += $length + 1;
    return substr $body, $at - $length - 1, $length;
}

sub fields {
    my ($type) = @_;
    $at += -$at % 8;
    return map { value($_) } $type =~ /\w/g;
}

sub told {
    my ($key, $type) = @_;
    print "$key=", value($type), "\n";
}

my %unit = (Id => "s", NeedDaemonReload => "b");
$unit{$_} = "as" for qw(Names After Requires Wants WantedBy TriggeredBy Triggers);
$unit{$_} = "t" for qw(InactiveExitTimestampMonotonic ActiveEnterTimestampMonotonic);
my %kinds = (
    service => [qw(Type Result ExecMainStatus NRestarts MainPID)],
    socket => [qw(Result Listen BindIPv6Only)],
    timer => [qw(Result TimersCalendar TimersMonotonic NextElapseUSecRealtime)],
    path => [qw(Result)],
    mount => [qw(Result)],
    target => [],
);

more() until $received =~ s/^(.*)\r\n//;
$1 =~ /^OK / or die "systemd lets nobody ask: $1\n";

syswrite $systemd, call("/org/freedesktop/systemd1", "$name.Manager", "ListUnits");
$body = answer($serial);
$at = 0;
my $end = 8 + number(4, "V");
my ($calls, @asked) = "";
sub ask {
    my ($property, @call) = @_;
    $calls .= call(@call);
    push @asked, [$serial, $property];
}
while ($at < $end) {
    my ($unit, undef, undef, $active, undef, $following, $path, $job) = fields("(ssssssouso)");
    next if $following ne "" || $active eq "inactive" && !$job;
    my ($kind) = $unit =~ /\.(\w+)\z/;
    $kinds{$kind} or next;
    ask("", $path, $properties, "GetAll", "$name.Unit");
    ask($_, $path, $properties, "Get", "$name.\u$kind", $_) for @{$kinds{$kind}};
}
while ($calls ne "") {
    my $sent = syswrite $systemd, $calls or die "systemd closed the connection\n";
    substr $calls, 0, $sent, "";
}
for (@asked) {
    my ($serial, $property) = @$_;
    $body = answer($serial);
    if ($property ne "") {
        $at = 0;
        my $type = unpack "C/a*", $body or next;
        $at = length($type) + 2;
        told($property, $type);
        next;
    }
    print "\n";
    for (sort keys %unit) {
        # No text holds a NUL, so nothing but the key itself has it and its type behind it.
        my $key = pack "V/a* x C/a* x", $_, $unit{$_};
        $at = index $body, $key;
        next if $at < 0;
        $at += length $key;
        told($_, $unit{$_});
    }
}
END_OF_PERL
}

collect_startup() {
    need_systemd
    unit_properties || return
    printf '\n'
    grep -rhs '^SystemdService=' /usr/share/dbus-1/system-services /usr/local/share/dbus-1/system-services \
        /etc/dbus-1/system-services /run/dbus-1/system-services
    return 0
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

# What the engine says of its images, volumes and networks, "<kind> <object>", and of each container, and the last words of those
# that are not well: "<id> <line>". Environment, command lines, labels and options can hold secrets and stay on the host.
containers() {
    perl -I "$work" - "$1" <<'END_OF_PERL'
use Ask;

my $docker = shift eq "docker";

# HTTP/1.0: an answer ends where the connection does.
sub ask {
    my ($path) = @_;
    my $server = Ask::daemon("Docker", "/run/docker.sock", "GET $path HTTP/1.0\r\nHost: docker\r\n\r\n");
    local $/;
    my ($head, $body) = split /\r\n\r\n/, readline($server), 2;
    return $head =~ m{^HTTP/\S+ 200 } ? $body : "";
}

# Puts a question, and returns what waits for the answer: podman takes its time, and does so side by side.
sub asked {
    my ($what, $path, @command) = @_;
    return sub { ask("/$path") || die "Docker does not tell its $what\n" } if $docker;
    open(my $podman, "-|", "podman", @command) or die "podman: $!\n";
    return sub {
        my $answer = join "", readline $podman;
        close $podman or die "podman does not tell its $what\n";
        return $answer;
    };
}

# JSON by its grammar: each value stays as the engine wrote it, and a string has no line breaks.
my $string = qr/"((?:[^"\\]++|\\.)*+)"/;
my $value = qr/(?<value> $string | [^][{}",:\s]++ | [[{] (?: [^][{}"]++ | $string | (?&value) )*+ []}] )/x;

sub elements {
    my ($array) = @_;
    my @elements;
    push @elements, $+{value} while ($array // "") =~ /\G\s*[[,]\s*$value/g;
    return @elements;
}

sub members {
    my ($object) = @_;
    my %members;
    $members{$1} = $+{value} while ($object // "") =~ /\G[{,\s]*$string\s*:\s*$value/g;
    return \%members;
}

# An object of the members that may be told, on a line.
sub told {
    return "{" . join(",", map { qq("$_->[0]":) . ($_->[1] // "null") =~ s/\n\s*//gr } @_) . "}\n";
}

sub kept {
    my ($kind, $array, @names) = @_;
    for (elements($array)) {
        my $all = members($_);
        $all->{subnets} //= members($all->{IPAM})->{Config};
        print "$kind ", told(map { [$_, $all->{$_}] } @names);
    }
}

my ($list, $images, $volumes, $networks) = (
    asked("containers", "containers/json?all=1", qw(ps -aq --no-trunc)),
    asked("images", "images/json", qw(images --format json)),
    asked("volumes", "volumes", qw(volume ls --format json)),
    asked("networks", "networks", qw(network ls --format json)),
);
my $all = $list->();
my @containers = $docker
    ? map { ask("/containers/" . members($_)->{Id} =~ tr/"//dr . "/json") } elements($all)
    : $all =~ /\w/ ? elements(asked("containers", "", qw(inspect --type container), split " ", $all)->()) : ();
my $stored = $volumes->();
kept("image", $images->(), qw(Id RepoTags Names Size));
kept("volume", $docker ? members($stored)->{Volumes} : $stored, qw(Name Driver Mountpoint));
kept("network", $networks->(), qw(Name name Driver driver Internal internal subnets));
for (@containers) {
    my $all = members($_);
    my ($config, $host, $network, $state) = map { members($all->{$_}) } qw(Config HostConfig NetworkSettings State);
    $all->{Id} =~ /([0-9a-f]+)/ or next; # it is gone since it was listed
    my $id = $1;
    my @told = (
        (map { [$_, $all->{$_}] } qw(Id Name Image State RestartCount Mounts)),
        ["ImageName", $config->{Image}], ["User", $config->{User}],
        (map { [$_, $host->{$_}] } qw(RestartPolicy NetworkMode Privileged PortBindings)),
        (map { [$_, $network->{$_}] } qw(Ports Networks)),
    );
    print told(@told);
    next if $state->{Status} eq '"running"' && members($state->{Health})->{Status} !~ /unhealthy|starting/;
    my $log = $docker ? ask("/containers/$id/logs?stdout=1&stderr=1&tail=5") : `podman logs --tail 5 $id 2>&1`;
    # Without a terminal, Docker puts four bytes and a length before each piece.
    $log = join "", unpack "(x4 N/a)*", $log if $docker && $config->{Tty} ne "true";
    print "$id $_\n" for split /\n/, $log;
}
END_OF_PERL
}

collect_docker() {
    need docker
    # A question to docker.socket would start a daemon that does not run; only a running one is asked.
    if first_line /run/docker.pid && [ -d "/proc/$line" ]; then
        containers docker
    else
        echo 'a running Docker daemon' >&2
        exit 69
    fi
}

collect_podman() {
    need podman
    containers podman
}

collect_users() {
    need getent
    printf '=passwd\n'
    getent passwd || return
    printf '=group\n'
    getent group || return
    # Only what kind of password there is leaves the host.
    printf '=shadow\n'
    while IFS=: read -r name hash changed _ longest _ idle expires _; do
        case $hash in
            '') kind=empty ;;
            '*' | 'x') kind=none ;;
            '!'*) kind=locked ;;
            *) kind=set ;;
        esac
        printf '%s:%s:%s:%s:%s:%s\n' "$name" "$kind" "$expires" "$longest" "$idle" "$changed"
    done </etc/shadow
    # sshd lets nobody in whose shell is not there; without one it is /bin/sh.
    printf '=shellless\n'
    while IFS=: read -r name _ _ _ _ _ shell; do
        [ -x "${shell:-/bin/sh}" ] || printf '%s\n' "$name"
    done </etc/passwd
    printf '=today\n'
    date +%s
}

# Accounts with a login shell, and those that sudoers names: by name, in an alias, by number or by a group.
collect_sudo() {
    need sudo
    named=" $(awk -F: '
        FILENAME != "/etc/group" {
            sub(/(^|[[:space:]])#([^0-9].*)?$/, "")
            for (n = split($0, words, /[^-A-Za-z0-9_.#%]+/); n > 0; n--) named[words[n]]
            next
        }
        "%" $1 in named || "%#" $3 in named { gsub(",", " ", $4); printf "gid:%s %s ", $3, $4 }
        END { for (word in named) printf "%s ", word }' /etc/sudoers /etc/sudoers.d/* /etc/group 2>/dev/null) "
    while IFS=: read -r name _ uid gid _ _ shell; do
        case $shell in
            */nologin | */false | */sync | '')
                case $named in *" $name "* | *" #$uid "* | *" gid:$gid "*) ;; *) continue ;; esac ;;
        esac
        [ "$uid" -ne 0 ] || continue
        printf '=user %s\n' "$name"
        sudo -n -ll -U "$name"
    done </etc/passwd
    return 0
}

# A configuration's lines, with those of the files that it includes in place. A file stands between { and }, because a
# Match block ends where its file does.
sshd_lines() {
    [ -f "$1" ] && [ -r "$1" ] || return 0
    printf '{\n'
    while read -r keyword rest || [ -n "$keyword" ]; do
        case $keyword in
            '' | '#'*) ;;
            [Ii][Nn][Cc][Ll][Uu][Dd][Ee]) (for file in $rest; do sshd_lines "$file"; done) ;;
            *) printf '%s %s\n' "$keyword" "$rest" ;;
        esac
    done <"$1"
    printf '}\n'
}

# The lines of a stack of PAM, with those of the files that it includes in place, that name a module with rules about who
# comes. The arguments of others can be secrets. A line may go on in the next, which read knows of without -r.
pam_lines() {
    [ -r "$1" ] || return 0
    while read type control rest || [ -n "$type" ]; do
        case $type:$control in
            @include:*) pam_lines "/etc/pam.d/$control" ;;
            account:include | account:substack | session:include | session:substack) pam_lines "/etc/pam.d/${rest%% *}" ;;
            account:* | -account:* | session:* | -session:*)
                case "$control $rest" in
                    *pam_nologin.so* | *pam_access.so* | *pam_listfile.so* | *pam_succeed_if.so* | *pam_time.so* | \
                        *pam_exec.so* | *pam_script.so*) printf '%s %s %s\n' "$type" "$control" "$rest" ;;
                esac
                ;;
        esac
    done <"$1"
}

# What sshd looks at with StrictModes: a file of keys, and each directory up to the home, or else to the root. And the files
# that their accounts cannot read: sshd opens them with the rights of the account (temporarily_use_uid).
key_files() {
    perl - "$1" <<'END_OF_PERL'
my ($root, $groups) = ($>, $));
my (%groups, @unread);
while (my (undef, undef, $gid, $members) = getgrent) {
    push @{$groups{$_}}, $gid for split " ", $members;
}
print "=modes\n";
while (<>) {
    chomp;
    my ($name, $uid, $gid, $home, $file) = split /\t/;
    for (my $up = $file; ; $up = $up =~ s{/[^/]*$}{}r || "/") {
        my (undef, undef, $mode, undef, $owner) = stat $up;
        printf "%s\t%s\t%s\t%s\t%o\t%s\n", $name, $uid, $file, $owner, $mode & 07777, $up if defined $mode;
        last if $up eq $home || $up eq "/";
    }
    $) = join " ", $gid, $gid, @{$groups{$name} // []};
    $> = $uid;
    open(my $keys, "<", $file) or push @unread, "$name\t$file\t$!\n";
    ($>, $)) = ($root, $groups);
}
print "=unread\n", @unread;
END_OF_PERL
}

# The port that no connection has: without one, sshd 9 refuses a configuration with Match LocalPort.
collect_sshd() {
    need sshd
    # sshd wants its directory, which a daemon that failed to start does not have: lend it one in a private /run.
    if [ -d /run/sshd ]; then
        config=$(sshd -T -C lport=1) || return
    else
        config=$(unshare -m sh -c 'mount -t tmpfs tmpfs /run && mkdir -m 755 /run/sshd && exec sshd -T -C lport=1') || return
    fi
    printf '=config\n%s\n=files\n' "$config"
    (cd /etc/ssh && sshd_lines sshd_config)
    printf '=hostkey\n'
    patterns=
    while read -r keyword value; do
        case $keyword in
            hostkey) ! first_line "$value.pub" || printf '%s\t%s\n' "$value" "$line" ;;
            authorizedkeysfile) patterns=$value ;;
        esac
    done <<END_OF_CONFIG
$config
END_OF_CONFIG
    # What starts sshd otherwise than its package does.
    printf '=starts\n'
    set --
    for directory in /etc /run /usr/local/lib; do
        set -- "$@" "$directory/systemd/system/ssh.service" "$directory"/systemd/system/ssh.service.d/*.conf
    done
    grep -sHE '^[[:space:]]*(SSHD_OPTS|ExecStart|Environment|EnvironmentFile)[[:space:]]*=["'"'"'[:space:]]*[^"'"'"'[:space:]]' \
        /etc/default/ssh "$@"
    [ ! -e /etc/ssh/sshd_not_to_be_run ] || printf '/etc/ssh/sshd_not_to_be_run:\n'
    # The rules of TCP wrappers, of an sshd that is built to ask them: its session program is, since version 9.8.
    rules=$(grep -sHEv '^[[:space:]]*(#|$)' /etc/hosts.allow /etc/hosts.deny)
    if [ -n "$rules" ] && grep -qs libwrap "$(command -v sshd)" /usr/lib/openssh/sshd-session; then
        printf '=wrappers\n%s\n' "$rules"
    fi
    printf '=pam\n'
    pam_lines /etc/pam.d/sshd
    printf '=nologin\n'
    for file in /etc/nologin /run/nologin; do
        [ ! -e "$file" ] || printf '%s\n' "$file"
    done
    printf '=access\n'
    for file in /etc/security/access.conf /etc/security/access.d/*.conf; do
        [ -r "$file" ] || continue
        while IFS= read -r line; do
            case $line in [-+]*) printf '%s\n' "$line" ;; esac
        done <"$file"
    done
    printf '=key\n'
    while IFS=: read -r name _ uid gid _ home _; do
        for pattern in $patterns; do
            file=
            rest=$pattern
            while [ -n "$rest" ]; do
                case $rest in
                    %h*) file=$file$home; rest=${rest#%h} ;;
                    %u*) file=$file$name; rest=${rest#%u} ;;
                    %U*) file=$file$uid; rest=${rest#%U} ;;
                    %%*) file=$file%; rest=${rest#%%} ;;
                    *) tail=${rest#?}; file=$file${rest%"$tail"}; rest=$tail ;;
                esac
            done
            case $file in /*) ;; *) file=$home/$file ;; esac
            [ -f "$file" ] && [ -r "$file" ] || continue
            printf '%s\t%s\t%s\t%s\t%s\n' "$name" "$uid" "$gid" "$home" "$file" >>"$work/keyfiles"
            while read -r key || [ -n "$key" ]; do
                case $key in '' | '#'*) ;; *) printf '%s\t%s\t%s\n' "$name" "$file" "$key" ;; esac
            done <"$file"
        done
    done </etc/passwd
    [ ! -f "$work/keyfiles" ] || key_files "$work/keyfiles"
}

collect_network() {
    need ip
    printf '=addr\n'
    ip -j -d addr || return
    printf 'route show table all\nrule show\n' >"$work/ip.batch"
    printf '\n=inet\n'
    ip -4 -j -batch "$work/ip.batch" || return
    printf '\n=inet6\n'
    # A host without IPv6 answers this one with an error; it has no such routes.
    ip -6 -j -batch "$work/ip.batch" || [ ! -d /proc/sys/net/ipv6 ]
}

# How an interface came by its port: "ephemeral" when a configuration makes it that names none. wg-quick and
# systemd-networkd leave it to the kernel then.
port_of() {
    made_by=/etc/wireguard/$1.conf
    [ -r "$made_by" ] || made_by=$(grep -lsE "^[[:space:]]*Name[[:space:]]*=[[:space:]]*$1[[:space:]]*\$" \
        /etc/systemd/network/*.netdev /run/systemd/network/*.netdev /usr/lib/systemd/network/*.netdev)
    if [ -n "$made_by" ] && ! grep -qiE '^[[:space:]]*ListenPort[[:space:]]*=[[:space:]]*[1-9]' $made_by; then
        origin=ephemeral
    else
        origin=set
    fi
}

# A dump's second field of a device and third of a peer are its private and shared key; they stay here.
collect_wireguard() {
    need wg
    wg show all dump >"$work/wg.dump" || return
    while IFS=$tab read -r device a b c d e f g keepalive; do
        if [ -z "$e" ]; then
            port_of "$device"
            printf 'device %s %s %s %s %s\n' "$device" "$b" "$c" "$origin" "$d"
        else
            case $b in '(none)') shared=none ;; *) shared=set ;; esac
            printf 'peer %s %s %s %s %s %s %s %s %s\n' "$device" "$a" "$c" "$d" "$e" "$f" "$g" "$keepalive" "$shared"
        fi
    done <"$work/wg.dump"
}

collect_resolver() {
    printf '=resolv\n'
    [ ! -r /etc/resolv.conf ] || cat /etc/resolv.conf
    printf '\n=upstream\n'
    [ ! -r /run/systemd/resolve/resolv.conf ] || cat /run/systemd/resolve/resolv.conf
    printf '\n=hosts\n'
    [ ! -r /etc/hosts ] || cat /etc/hosts
    printf '\n'
    asked=' '
    {
        printf '%s\n' "$names"
        while read -r address rest; do
            case $address in '' | '#'*) ;; *) printf '%s\n' "${rest%%#*}" ;; esac
        done </etc/hosts
    } >"$work/names"
    set --
    while read -r line; do
        for name in $line; do
            case $asked in *" $name "*) continue ;; esac
            asked="$asked$name "
            [ "$#" -ge 30 ] || set -- "$@" "$name"
        done
    done <"$work/names"
    # One process asks for all names in turn. What it does not get to in five seconds is asked for once more, all at once: a
    # server that does not answer costs ten seconds, not five for each name.
    [ "$#" -eq 0 ] || perl - "$@" <<'END_OF_PERL'
use Socket qw(:addrinfo SOCK_STREAM);

my %hints = (socktype => SOCK_STREAM, flags => AI_ADDRCONFIG);

sub ask {
    my $child = open(my $answers, "-|") // die "fork: $!\n";
    return $answers if $child;
    $| = 1; # what was told stays told when a later name takes too long
    alarm 5;
    for my $name (@_) {
        my ($error, @found) = getaddrinfo($name, undef, \%hints);
        my @addresses = map { (getnameinfo($_->{addr}, NI_NUMERICHOST, NIx_NOSERV))[1] } @found;
        print join "\n", "=answer $name", @addresses, "";
    }
    exit;
}

my @told = readline ask(@ARGV);
my @asked = map { [$_, ask($_)] } @ARGV[grep(/^=answer /, @told) .. $#ARGV];
print @told;
for (@asked) {
    my ($name, $answers) = @$_;
    my @answer = readline $answers;
    print @answer ? @answer : "=answer $name\n";
}
END_OF_PERL
}

collect_mounts() {
    printf '=mountinfo\n'
    cat /proc/self/mountinfo || return
    printf '\n=swaps\n'
    cat /proc/swaps
    printf '\n=fstab\n'
    [ ! -r /etc/fstab ] || cat /etc/fstab
    printf '\n=uuids\n'
    [ ! -d /dev/disk/by-uuid ] || find /dev/disk/by-uuid -type l -printf '%f %l\n'
    printf '\n=df\n'
    timeout 10 df -B1 --output=size,avail,itotal,iused,target 2>/dev/null
    return 0
}

# "/proc/sys/kernel/ostype:Linux". What can only be written is no error. The kernel warns whoever reads the two names that it
# keeps for old programs, and sysctl(8) leaves them out, too.
collect_sysctls() {
    grep -rsa --exclude=base_reachable_time --exclude=retrans_time '' /proc/sys
    return 0
}

collect_packages() {
    need dpkg-query
    dpkg-query -W -f '${db:Status-Abbrev}|${Package}|${Version}|${Architecture}\n'
}

# Only certificates: a key in the same file stays on the host. Of certbot's, those that are in force: links to an archive.
collect_certificates() {
    find /etc /srv /opt /usr/local/share/ca-certificates /var/lib -xdev \
        \( -path /etc/ssl/certs -o -path /var/lib/docker/overlay2 -o -path /var/lib/docker/containers \
        -o -path /var/lib/containers -o -path /var/lib/containerd -o -path /var/lib/dpkg -o -path /var/lib/apt \
        -o -path /etc/letsencrypt/archive \) \
        -prune -o \( -type f -o -type l -path '/etc/letsencrypt/live/*' \) -size -64k \( -name '*.pem' -o -name '*.crt' -o -name '*.cer' \) -print \
        >"$work/certificates" 2>/dev/null
    set --
    while read -r file; do
        set -- "$@" "$file"
    done <"$work/certificates"
    [ "$#" -gt 0 ] || return 0
    awk '
        FNR == 1 { print "=file " FILENAME; inside = 0 }
        /^-----BEGIN / { inside = /^-----BEGIN CERTIFICATE-----/ }
        inside
        /^-----END / { inside = 0 }' "$@"
}

collect_cron() {
    # cron and run-parts pass by what is called otherwise, such as backup.sh.
    odd='[!A-Za-z0-9_-]'
    set --
    for file in /etc/crontab /etc/cron.d/* /var/spool/cron/crontabs/*; do
        case $file in /etc/cron.d/*$odd*) continue ;; esac
        [ ! -f "$file" ] || set -- "$@" "$file"
    done
    [ "$#" -eq 0 ] || grep -HvE '^[[:space:]]*(#|$|[A-Za-z_][A-Za-z_0-9]*[[:space:]]*=)' "$@"
    for file in /etc/cron.hourly/* /etc/cron.daily/* /etc/cron.weekly/* /etc/cron.monthly/*; do
        case ${file##*/} in *$odd*) continue ;; esac
        [ ! -x "$file" ] || printf '%s\n' "$file"
    done
    return 0
}

collect_processes() {
    need ps
    ps -e -ww -o pid=,ppid=,user:32=,stat=,rss=,etimes=,cgroup:256=,comm:32=,args=
}

collect_journal() {
    need journalctl
    journalctl -b -p warning -n 1000 -o json --all --no-pager -q \
        --output-fields=MESSAGE,PRIORITY,_SYSTEMD_UNIT,UNIT,SYSLOG_IDENTIFIER
}

collect_modules() {
    [ -r /proc/modules ] || { echo /proc/modules >&2; exit 69; }
    cat /proc/modules
}

collect_audit() {
    need auditctl
    auditctl -l
}

# Every source that APT takes packages from, by its own word. Whether its lists are here is nobody's question: a directory
# without any spares APT the reading of them.
collect_apt() {
    need apt-get
    apt-get indextargets -o "Dir::State::Lists=$work" --no-release-info \
        --format '$(REPO_URI) $(RELEASE) $(COMPONENT) $(SOURCESENTRY)' 'Created-By: Packages'
}

# What APT does by itself; the rest of its configuration can hold the passwords of proxies.
collect_aptsettings() {
    need apt-config
    apt-config dump --no-empty >"$work/apt.conf" || return
    grep -iE '^(APT::Periodic|Unattended-Upgrade)::' "$work/apt.conf"
    return 0
}

# "Jail list:" and names with commas between; nothing is said when the server does not run. fail2ban-client would say the
# same, and start a whole Python to ask the server this one question: the list ["status"] as Python pickles it. In the
# answer, a string is its length (SHORT_BINUNICODE, one byte; BINUNICODE, four) and its bytes.
collect_jails() {
    need fail2ban-client
    [ -S /run/fail2ban/fail2ban.sock ] || return 0
    perl -I "$work" - <<'END_OF_PERL'
use Ask;

my $end = "<F2B_END_COMMAND>";
my $server = Ask::daemon("fail2ban", "/run/fail2ban/fail2ban.sock", "]Vstatus\na.$end");
my $answer = "";
until ($answer =~ /\Q$end\E\z/) {
    sysread($server, $answer, 65536, length $answer) or die "fail2ban closed the connection\n";
}
$answer =~ /Jail list(?:\x94|q.)(?:\x8c(.)|X(.{4}))/s or die "fail2ban does not tell its jails\n";
my $length = defined $1 ? ord $1 : unpack "V", $2;
print "Jail list: ", substr($answer, $+[0], $length), "\n";
END_OF_PERL
}

collect_nftables() {
    # Rules that iptables knows of must not pass for none, on a host that has no nft to list them.
    if ! command -v nft >/dev/null && [ -n "$(iptables-save 2>/dev/null; ip6tables-save 2>/dev/null)" ]; then
        echo 'iptables has rules, and nft is not installed to list them' >&2
        return 1
    fi
    need nft
    printf '=text\n'
    nft -s list ruleset || return
    # What nft does not list; the kernel names the tables, where there are any.
    if first_line /proc/net/ip_tables_names; then
        printf '=legacy ip\n'
        iptables-legacy-save
    fi
    if first_line /proc/net/ip6_tables_names; then
        printf '=legacy ip6\n'
        ip6tables-legacy-save
    fi
    return 0
}

# What nftables.service will load at the next boot: the file, loaded in a network namespace of its own, with stand-ins
# for the devices that exist before any unit makes others.
collect_nftboot() {
    need nft
    for link in /etc/systemd/system/*.wants/nftables.service; do
        [ -e "$link" ] || { printf '=json\n{"nftables":[]}\n'; return 0; }
        break
    done
    # A unit or a drop-in of the operator's own may have it load something else.
    for own in /etc/systemd/system/nftables.service /etc/systemd/system/nftables.service.d; do
        [ -e "$own" ] || continue
        started=$(systemctl show -p ExecStartPre,ExecStart,ExecStartPost nftables.service | sed -n 's/.* argv\[\]=\([^;]*\) ;.*/\1/p')
        [ "$started" = '/usr/sbin/nft -f /etc/nftables.conf' ] || {
            echo "an nftables.service that runs nothing but nft -f /etc/nftables.conf: it runs $started" >&2
            exit 69
        }
        break
    done
    printf '=json\n'
    unshare -n sh -c '
        for link in /sys/class/net/*; do
            [ ! -e "$link/device" ] || ip link add "${link##*/}" type dummy
        done
        nft -f /etc/nftables.conf && nft -j list ruleset'
}
