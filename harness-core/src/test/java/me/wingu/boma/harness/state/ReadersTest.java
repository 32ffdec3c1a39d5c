package me.wingu.boma.harness.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the readers make of the text that Debian 13's tools print. */
class ReadersTest {

    private final HostState state = new RecordedHost().state("askari");

    @Test
    void should_know_every_subject_but_those_whose_tool_is_missing() {
        assertThat(Subject.all()).allSatisfy(subject -> assertThat(state.reading(subject).toString())
                .as(subject.name())
                .doesNotStartWith("could not be read"));
        assertThat(state.reading(Subject.AUDIT)).hasToString("not present: auditctl");
    }

    @Test
    void should_tell_which_families_a_socket_receives_from() {
        assertThat(state.sockets().listeningOn(Socket.Protocol.TCP, 22))
                .extracting(Socket::toString, Socket::families)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("tcp LISTEN 0.0.0.0:22 sshd, ssh.service", Set.of(Socket.Family.IPV4)),
                        org.assertj.core.groups.Tuple.tuple("tcp LISTEN [::]:22 sshd, ssh.service", Set.of(Socket.Family.IPV6)));
        assertThat(state.sockets().listeningOn(Socket.Protocol.TCP, 443).findFirst().orElseThrow().families())
                .containsExactlyInAnyOrder(Socket.Family.IPV4, Socket.Family.IPV6);
        assertThat(state.sockets().listeningOn(Socket.Protocol.TCP, 8125).findFirst().orElseThrow().families())
                .containsExactly(Socket.Family.IPV4);
        assertThat(state.sockets().connected()).singleElement().hasToString(
                "tcp ESTAB 10.0.2.15:22 -> 10.0.2.2:58268 sshd-session, ssh.service");
        assertThat(state.sockets().unix()).containsExactly(new UnixSocket("/run/docker.sock"));
    }

    @Test
    void should_read_containers_without_their_secrets() {
        Container web = state.containers().named("web").orElseThrow();

        assertThat(web.isRunning()).isTrue();
        assertThat(web.isHealthy()).isTrue();
        assertThat(web.restartPolicy()).isEqualTo(new RestartPolicy("unless-stopped", 0));
        assertThat(web.ports()).extracting(PublishedPort::toString).contains("0.0.0.0:8080->80/tcp");
        assertThat(state.containers().named("once").orElseThrow().exitStatus()).isEqualTo(3);
    }

    @Test
    void should_read_what_engines_keep_beside_containers() {
        HostState both = new RecordedHost().with("podman", """
                image {"Id":"ee12d349","RepoTags":null,"Names":["localhost/thing:1"],"Size":52291}
                volume {"Name":"pv","Driver":"local","Mountpoint":"/var/lib/containers/storage/volumes/pv/_data"}
                network {"Name":null,"name":"podman","Driver":null,"driver":"bridge","Internal":null,"internal":false,\
                "subnets":[{"subnet":"10.88.0.0/16","gateway":"10.88.0.1"}]}
                """).state("askari");

        assertThat(both.containers().images()).extracting(EngineImage::tags)
                .containsExactly(List.of("web:1"), List.of(), List.of("localhost/thing:1"));
        assertThat(both.containers().images().get(2).isNamed("thing:1")).isTrue();
        assertThat(both.containers().images().get(2).isNamed("thing")).isFalse();
        assertThat(both.containers().volumes()).extracting(EngineVolume::name).containsExactly("data", "pv");
        assertThat(both.containers().networks()).extracting(EngineNetwork::subnets)
                .containsExactly(List.of("172.17.0.0/16"), List.of(), List.of("10.88.0.0/16"));
    }

    @Test
    void should_tell_enabled_from_started() {
        assertThat(state.units().named("ssh").orElseThrow().enablement()).isEqualTo(Unit.Enablement.ENABLED);
        assertThat(state.units().named("manual-echo").orElseThrow().enablement()).isEqualTo(Unit.Enablement.DISABLED);
        assertThat(state.units().named("polkit").orElseThrow().enablement()).isEqualTo(Unit.Enablement.STATIC);
        assertThat(state.units().named("sshd").orElseThrow().enablement()).isEqualTo(Unit.Enablement.ALIAS);
        assertThat(state.units().named("getty@.service").orElseThrow().enablement()).isEqualTo(Unit.Enablement.INDIRECT);
        assertThat(state.units().named("telnet.socket").orElseThrow().enablement()).isEqualTo(Unit.Enablement.MASKED);
        assertThat(state.units().named("docker").orElseThrow().dropIns())
                .containsExactly("/etc/systemd/system/docker.service.d/order.conf");
    }

    @Test
    void should_follow_the_critical_chain() {
        assertThat(state.startup().criticalChain("docker.service"))
                .extracting(UnitStart::toString)
                .containsExactly("docker.service @28.868s +5.002s", "nftables.service @16.500s +0.500s");
        assertThat(state.startup().of("nightly.timer").orElseThrow().schedule()).containsExactly("OnCalendar=*-*-* 00:00:00");
        assertThat(state.startup().of("nightly.timer").orElseThrow().nextRun()).contains(Instant.parse("2026-11-21T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "86400000000, 1d",
        "900000000, 15min",
        "86552913425, 1d 2min 32.913425s",
        "1500000, 1.500000s",
        "1005, 1.005ms",
        "34187400000001, 1y 1month 1us",
    })
    void should_tell_the_time_spans_of_timers_as_systemd_does(String micros, String told) {
        UnitStart timer = new RecordedHost()
                .append("startup", "\n\nId=span.timer\nTimersMonotonic={ OnBootUSec ; " + micros + " ; 1 }\nNextElapseUSecRealtime=0\n")
                .state("askari").startup().of("span.timer").orElseThrow();

        assertThat(timer.schedule()).containsExactly("OnBootUSec=" + told);
        assertThat(timer.nextRun()).isEmpty();
    }

    @Test
    void should_read_the_boot() {
        assertThat(state.boot().kernel()).isEqualTo("6.12.107+deb13-cloud-amd64");
        assertThat(state.boot().os()).containsEntry("VERSION_CODENAME", "trixie");
        assertThat(state.boot().finishedAt()).contains(Duration.ofNanos(33_878_925_000L));
        assertThat(state.boot().timeZone()).contains("Etc/UTC");
    }

    @Test
    void should_read_accounts_and_what_kind_of_password_they_have() {
        assertThat(state.accounts().user("claude").orElseThrow().groups()).containsExactlyInAnyOrder("claude", "docker");
        assertThat(state.accounts().user("claude").orElseThrow().password()).isEqualTo(User.Password.NONE);
        assertThat(state.accounts().user("sjat").orElseThrow().password()).isEqualTo(User.Password.SET);
        assertThat(state.accounts().user("root").orElseThrow().password()).isEqualTo(User.Password.LOCKED);
        assertThat(state.accounts().group("sudo").orElseThrow().members()).containsExactly("sjat");
    }

    @Test
    void should_read_how_long_a_password_lasts() {
        RecordedHost host = new RecordedHost().replace("users", "sjat:set:", "sjat:set::90:14");

        User sjat = host.state("askari").accounts().user("sjat").orElseThrow();

        assertThat(sjat.maxPasswordDays()).hasValue(90);
        assertThat(sjat.inactiveDays()).hasValue(14);
        assertThat(state.accounts().user("claude").orElseThrow().maxPasswordDays()).isEmpty();
    }

    @Test
    void should_read_the_last_words_of_a_container() {
        String id = state.containers().all().get(0).id();
        RecordedHost host = new RecordedHost().append("docker", id + " no database\n" + id + " {giving up}\n");

        assertThat(host.state("askari").containers().all().get(0).lastWords()).containsExactly("no database", "{giving up}");
        assertThat(state.containers().all().get(0).lastWords()).isEmpty();
    }

    @Test
    void should_read_jails_and_sources_of_packages() {
        HostState known = new RecordedHost()
                .with("jails", "Jail list: sshd, recidive\n")
                .with("apt", "https://deb.example/debian/ trixie main /etc/apt/sources.list:1\n".repeat(2))
                .state("askari");

        assertThat(known.jails().names()).containsExactly("sshd", "recidive");
        assertThat(known.aptSources().of("trixie")).hasSize(1);
        assertThat(new RecordedHost().with("jails", "").state("askari").jails().names()).isEmpty();
    }

    @Test
    void should_read_what_apt_does_by_itself() {
        RecordedHost host = new RecordedHost()
                .with("aptsettings", """
                        APT::Periodic::Unattended-Upgrade "1";
                        Unattended-Upgrade::Origins-Pattern:: "origin=Debian,codename=${distro_codename},label=Debian";
                        Unattended-Upgrade::Origins-Pattern:: "origin=Debian,label=Debian-Security";
                        """);
        AptSettings settings = host.state("askari").aptSettings();

        assertThat(settings.value("apt::periodic::unattended-upgrade")).contains("1");
        assertThat(settings.all()).hasSize(3);
        assertThat(host.with("aptsettings", "E: broken\n").state("askari").reading(Subject.APT_SETTINGS).toString())
                .contains("E: broken");
    }

    @Test
    void should_read_effective_sudo_rights() {
        assertThat(state.sudo().of("claude")).extracting(SudoRule::toString)
                .containsExactly("(ALL) NOPASSWD: ALL, from /etc/sudoers.d/claude");
        assertThat(state.sudo().of("sjat")).extracting(SudoRule::toString).containsExactly("(ALL) ALL, from /etc/sudoers");
        assertThat(state.sudo().of("nobody")).isEmpty();
    }

    @Test
    void should_read_sshd_and_name_keys_by_their_fingerprint() {
        assertThat(state.sshd().listenAddresses()).containsExactly("[::]:22", "0.0.0.0:22");
        assertThat(state.sshd().keysOf("ansible")).singleElement().satisfies(key -> {
            assertThat(key.options()).isEqualTo("from=\"198.51.100.0/24,100.99.0.7\"");
            assertThat(key.fingerprint()).startsWith("SHA256:").hasSize(50);
            assertThat(key.comment()).isEqualTo("operator@ubongo");
        });
    }

    @Test
    void should_read_the_network() {
        assertThat(state.network().link("wt0").orElseThrow()).hasToString("wt0 (wireguard) up [100.99.0.1/16]");
        assertThat(state.network().routesTo("default")).singleElement()
                .hasToString("default via 10.0.2.2 dev eth0 src 10.0.2.15 metric 1024");
        assertThat(state.network().rules()).hasSize(5);
        HostState shared = new RecordedHost().replace("network", "{\"dst\":\"100.99.0.0/16\"", """
                {"dst":"10.8.0.0/16","metric":3,"flags":[],"nexthops":[\
                {"gateway":"10.0.2.3","dev":"eth0","weight":1,"flags":[]},{"gateway":"100.99.0.9","dev":"wt0","weight":1,"flags":[]}]},\
                {"dst":"100.99.0.0/16\"""").state("askari");
        assertThat(shared.network().routesTo("10.8.0.0/16")).extracting(Route::toString)
                .containsExactly("10.8.0.0/16 via 10.0.2.3 dev eth0 metric 3", "10.8.0.0/16 via 100.99.0.9 dev wt0 metric 3");
        assertThat(state.wireGuard().peers()).singleElement()
                .satisfies(peer -> assertThat(peer.allowedIps()).containsExactly("100.99.0.7/32"));
    }

    @Test
    void should_read_mounts_and_how_full_they_are() {
        assertThat(state.mounts().at("/").orElseThrow()).hasToString("/dev/vda on / type ext4 (relatime,rw)");
        assertThat(state.mounts().usage().get("/").percentUsed()).isEqualTo(18);
        assertThat(state.mounts().holding("/tmp/x").orElseThrow().isInMemory()).isTrue();
        assertThat(state.mounts().fstab()).containsExactly("/");
    }

    @Test
    void should_read_names_packages_cron_and_journal() {
        assertThat(state.resolver().answers()).containsEntry("netbird.askari.example", List.of("10.0.2.15"));
        assertThat(state.resolver().answers()).containsEntry("nosuch.example", List.of());
        assertThat(state.packages().named("adduser").orElseThrow()).hasToString("adduser 3.152 (ii)");
        assertThat(state.cron().all()).extracting(CronJob::toString)
                .contains("/etc/crontab: 17 * * * * root cd / && run-parts --report /etc/cron.hourly");
        assertThat(state.journal().entries()).first()
                .hasToString("[  955.150] <3> sshd-session: pam_env(sshd:session): Unable to open env file: /etc/default/locale");
    }

    /** As sudo 1.9.13 printed it. */
    @Test
    void should_read_what_spares_an_account_its_password_and_what_is_taken_away_again() {
        SudoRights sudo = new RecordedHost().with("sudo", """
                =user sjat
                Matching Defaults entries for sjat on askari:
                    env_reset, exempt_group=adm, insults

                Runas and Command-specific defaults for sjat:
                    Defaults>www-data !authenticate    Defaults!/bin/ls !authenticate    Defaults!/bin/su use_pty

                User sjat may run the following commands on askari:

                Sudoers entry: /etc/sudoers
                    RunAsUsers: ALL
                    Commands:
                \tALL
                \t!/bin/sh
                \t!/usr/local/sbin/

                Sudoers entry: /etc/sudoers
                    RunAsUsers: root
                    Options: !authenticate
                    Commands:
                \tsha224:0GomF8mNN3wlDt1HD9XldjJ3SNgpFdbjO1+NsQ== /bin/sh -c true
                """).state("askari").sudo();

        assertThat(sudo.withoutPassword("sjat"))
                .containsExactly("exempt_group=adm", "Defaults>www-data !authenticate", "Defaults!/bin/ls !authenticate");
        assertThat(sudo.of("sjat")).extracting(SudoRule::needsPassword).containsExactly(true, false);
        assertThat(sudo.allowsEverything("sjat")).isFalse();
        assertThat(sudo.allows("sjat", "/bin/ls")).isTrue();
        assertThat(sudo.allows("sjat", "/bin/sh")).isFalse();
        assertThat(sudo.allows("sjat", "/bin/sh -x")).isFalse();
        assertThat(sudo.allows("sjat", "/bin/sh -c true")).isTrue();
        assertThat(sudo.allows("sjat", "/usr/local/sbin/backup")).isFalse();
        assertThat(sudo.allows("nobody", "/bin/ls")).isFalse();
    }

    @Test
    void should_read_the_rules_of_tcp_wrappers_with_their_continued_lines() {
        HostState guarded = new RecordedHost().replace("sshd", "=key\n", """
                =wrappers
                /etc/hosts.allow:sshd: 198.51.100. \\
                /etc/hosts.allow:  [fd00:1::]/64
                /etc/hosts.deny:ALL: ALL
                =key
                """).state("askari");

        assertThat(state.sshd().hostsRules()).isEmpty();
        assertThat(guarded.sshd().hostsRules()).extracting(SshdConfig.HostsRule::toString).containsExactly(
                "/etc/hosts.allow: sshd: 198.51.100.   [fd00:1::]/64", "/etc/hosts.deny: ALL: ALL");
    }

    @Test
    void should_read_processes_with_the_units_that_they_belong_to() {
        assertThat(state.processes().all()).extracting(HostProcess::toString).containsExactly(
                "1 root systemd (init.scope): /sbin/init",
                "608 root sshd (ssh.service): sshd: /usr/sbin/sshd -D",
                "911 operator systemd (user@1000.service): /usr/lib/systemd/systemd --user",
                "913 operator (sd-pam) (user@1000.service): (sd-pam)",
                "950 operator tmux: server (session-3.scope): tmux new -s work",
                "960 root sh (gone.service): [sh] <defunct>");
    }

    @Test
    void should_read_what_starts_a_system_v_script_and_drop_ins_for_many_units() {
        Units units = new RecordedHost()
                .replace("units", "=install\n", """
                        f /run/systemd/generator.late/runs.service
                        l /run/systemd/generator.late/multi-user.target.wants/runs.service ../runs.service
                        f /run/systemd/generator.late/rests.service
                        f /etc/systemd/system/foo-bar.service
                        f /etc/systemd/system/foo-.service.d/10-a.conf
                        f /etc/systemd/system/service.d/10-b.conf
                        f /etc/systemd/system/foo-ba.service.d/10-c.conf

                        =install
                        """)
                .state("askari")
                .units();

        assertThat(units.named("runs").orElseThrow().startsAtBoot()).isTrue();
        assertThat(units.named("rests").orElseThrow().startsAtBoot()).isFalse();
        assertThat(units.named("foo-bar").orElseThrow().dropIns())
                .containsExactly("/etc/systemd/system/foo-.service.d/10-a.conf", "/etc/systemd/system/service.d/10-b.conf");
    }

    @Test
    void should_read_the_bytes_of_a_coloured_message_and_mask_what_it_tells() {
        Journal journal = new RecordedHost()
                .with("journal", "{\"__MONOTONIC_TIMESTAMP\":\"1\",\"PRIORITY\":\"3\",\"MESSAGE\":[27,91,51,49,109,69,82,82,"
                        + "27,91,48,109,32,112,97,115,115,119,111,114,100,61,104,117,110,116,101,114,50,32,195,169]}\n")
                .state("askari")
                .journal();

        assertThat(journal.entries()).singleElement().satisfies(entry ->
                assertThat(entry.message()).startsWith("ERR password=").endsWith(" é").doesNotContain("hunter2"));
    }

    @Test
    void should_read_the_certificates_beside_a_damaged_one() {
        HostState odd = new RecordedHost()
                .append("certificates", "=file /opt/tests/bad.pem\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n")
                .state("askari");

        assertThat(odd.certificates().all()).isEqualTo(state.certificates().all());
    }

    @Test
    void should_read_authorized_keys_as_sshd_does() {
        String key = "AAAAC3NzaC1lZDI1NTE5AAAAIDd1z+Vg6Tr1ZXSpJrKQZgHk9fduOcE5zn7piLa+/hur";
        SshdConfig sshd = new RecordedHost()
                .append("sshd", "root\t/srv/keys/root\tssh-ed25519\t" + key + "\troot\t/srv/keys/root\n"
                        + "root\t/srv/keys/root\tcommand=\"exec ssh-agent bash -c \\\"a b\\\"\",no-pty  ssh-ed25519   " + key + " by hand\n"
                        + "root\t/srv/keys/root\tssh-ed25519 AAAA= \n")
                .state("askari")
                .sshd();

        assertThat(sshd.keysOf("root"))
                .extracting(SshdConfig.AuthorizedKey::options)
                .containsExactly("", "command=\"exec ssh-agent bash -c \\\"a b\\\"\",no-pty");
        assertThat(sshd.keysOf("root")).extracting(SshdConfig.AuthorizedKey::fingerprint)
                .containsOnly(sshd.keysOf("ansible").get(0).fingerprint());
    }

    @Test
    void should_tell_published_ports_only_where_they_are() {
        Container web = new RecordedHost()
                .replace("docker", "\"Ports\":{\"80/tcp\":[{\"HostIp\":\"0.0.0.0\",\"HostPort\":\"8080\"},{\"HostIp\":\"::\",\"HostPort\":\"8080\"}]}",
                        "\"Ports\":{}")
                .state("askari")
                .containers()
                .all()
                .get(0);

        assertThat(web.ports()).isEmpty();
        assertThat(state.containers().all().get(0).ports()).noneMatch(PublishedPort::ephemeral);
    }

    @Test
    void should_name_kernel_parameters_as_sysctl_does() {
        Sysctls sysctls = new RecordedHost()
                .append("sysctls", """
                        /proc/sys/net/ipv4/conf/eth0.100/forwarding:1
                        /proc/sys/net/ipv4/tcp_available_ulp:
                        /proc/sys/dev/cdrom/info:CD-ROM: sr0
                        /proc/sys/dev/cdrom/info:speed:\t1
                        """)
                .state("askari")
                .sysctls();

        assertThat(sysctls.value("net.ipv4.conf.eth0/100.forwarding")).contains("1");
        assertThat(sysctls.value("net.ipv4.tcp_available_ulp")).contains("");
        assertThat(sysctls.value("dev.cdrom.info")).contains("CD-ROM: sr0 speed: 1");
    }

    @Test
    void should_read_the_packet_filter_as_text_and_as_model() {
        assertThat(state.firewallListing().chains()).extracting(FirewallListing.ListedChain::name)
                .containsExactly("input", "forward");
        assertThat(state.firewallListing().sets()).singleElement()
                .satisfies(set -> assertThat(set.elements()).containsExactly("198.51.100.7"));
        assertThat(state.nftables().chains()).hasSize(2);
    }

    @Test
    void should_say_what_it_cannot_read() {
        HostState odd = new RecordedHost().with("network", "=addr\nnonsense").state("askari");

        assertThat(odd.reading(Subject.NETWORK)).hasToString("could not be read: expected JSON of ip, but saw: nonsense");
    }

    @Test
    void should_read_the_rest_when_one_subject_prints_no_number_where_one_was() {
        HostState odd = new RecordedHost().replace("users", "sjat:x:1001:1001:", "sjat:x:none:1001:").state("askari");

        assertThat(odd.reading(Subject.ACCOUNTS).toString())
                .startsWith("could not be read: its output is not what was expected")
                .contains("\"none\"");
        assertThat(odd.boot()).isEqualTo(state.boot());
    }

    @Test
    void should_read_a_container_whose_port_is_not_chosen_yet() {
        HostState stopped = new RecordedHost()
                .replace("docker", "\"Ports\":{}", "\"Ports\":{\"80/tcp\":[{\"HostIp\":\"\",\"HostPort\":\"8000-8010\"}]}")
                .state("askari");

        assertThat(stopped.containers().all()).flatExtracting(Container::ports)
                .extracting(PublishedPort::toString)
                .contains("0.0.0.0:0->80/tcp");
    }
}
