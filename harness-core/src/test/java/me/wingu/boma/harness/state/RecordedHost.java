package me.wingu.boma.harness.state;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;

/**
 * A host that answers from a record, by collector, in the script's own frames.
 *
 * <p>The record is shortened from what Debian 13's tools printed and completed by hand; the ruleset is from nft 1.0.6.
 * It starts as a small mesh coordinator; each test changes the sections that it is about.
 */
public final class RecordedHost implements Shell {

    private static final String NONCE = "0f5cbb1c-6c1f-4f2f-9a4b-6a5f1f3f2b11";

    private final Map<String, String> text = new LinkedHashMap<>();
    private final Map<String, String> missing = new LinkedHashMap<>();

    /** Creates the host as it was recorded. */
    public RecordedHost() {
        for (String section : List.of(
                "sockets", "units", "startup", "boot", "docker", "users", "sudo", "sshd", "nftables", "network",
                "wireguard", "resolver", "mounts", "sysctls", "packages", "certificates", "cron", "processes", "journal",
                "modules", "nftboot")) {
            text.put(section, resource(section));
        }
        missing.put("podman", "podman");
        missing.put("audit", "auditctl");
        missing.put("jails", "fail2ban-client");
        missing.put("apt", "apt-get");
        missing.put("aptsettings", "apt-config");
    }

    /** Replaces text in one section; the text must be there. */
    public RecordedHost replace(String section, String old, String now) {
        String before = text.getOrDefault(section, "");
        if (!before.contains(old)) {
            throw new AssertionError("the record of " + section + " does not contain: " + old);
        }
        text.put(section, before.replace(old, now));
        return this;
    }

    /** Replaces a whole section. */
    public RecordedHost with(String section, String now) {
        missing.remove(section);
        text.put(section, now);
        return this;
    }

    /** Adds text at the end of a section. */
    public RecordedHost append(String section, String more) {
        return with(section, text.getOrDefault(section, "") + more);
    }

    /** Takes a tool away. */
    public RecordedHost without(String section, String tool) {
        text.remove(section);
        missing.put(section, tool);
        return this;
    }

    /** Reads the state of this host by the collector itself. */
    public HostState state(String name) {
        return new HostStateCollector(this, Duration.ofSeconds(1)).collect(name);
    }

    @Override
    public CommandResult run(String script, Duration deadline) {
        StringBuilder out = new StringBuilder(NONCE).append('\n');
        text.forEach((name, section) -> frame(out, name, 0, section, ""));
        if (text.containsKey("nftables")) {
            frame(out, "firewall", 0, collected(Parts.of(text.get("nftables")).text("json")), "");
        }
        missing.forEach((name, tool) -> frame(out, name, 69, "", tool + "\n"));
        return new CommandResult(0, out.toString(), "", Duration.ofMillis(1));
    }

    /** The ruleset as the firewall's own collector prints it, on a host without rules of iptables-nft. */
    private static String collected(String json) {
        return Stream.of(
                        "ruleset\n" + json, "translated", "legacy-tables", "addresses", "routes4", "routes6", "rules4",
                        "rules6", "sysctls", "end")
                .map(section -> "=== " + section + "\n")
                .collect(Collectors.joining());
    }

    private static void frame(StringBuilder out, String name, int status, String section, String complaint) {
        out.append(section).append('\n').append(NONCE).append(' ').append(name).append(' ').append(status).append(" 1\n");
        out.append(complaint).append('\n').append(NONCE).append(" .\n");
    }

    private static String resource(String section) {
        try (InputStream in = RecordedHost.class.getResourceAsStream("debian13/" + section + ".txt")) {
            if (in == null) {
                throw new AssertionError("no record of " + section);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
