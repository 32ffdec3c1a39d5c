package me.wingu.boma.harness.probe;

import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Two network namespaces joined by a cable: an outside, which the calling thread enters, and a host to be probed.
 *
 * <p>A thread's sockets, threads and processes belong to the namespace that it is in. So the code under test runs
 * unchanged, on addresses that the machine itself does not have.
 */
final class Namespaces implements AutoCloseable {

    static final InetAddress STRANGER = address("198.51.100.7");
    static final InetAddress ADMIN = address("198.51.100.8");
    static final InetAddress STRANGER_V6 = address("2001:db8::7");
    static final InetAddress HOST = address("198.51.100.20");
    static final InetAddress HOST_V6 = address("2001:db8::20");

    private static final int NETWORK = 0x40000000;

    private final String outside = "boma-test-" + ProcessHandle.current().pid() + "-outside";
    private final String host = "boma-test-" + ProcessHandle.current().pid() + "-host";
    private final int home = C.LIBRARY.open("/proc/thread-self/ns/net", 0);
    private final List<Process> daemons = new ArrayList<>();

    Namespaces() throws IOException {
        run("ip", "netns", "add", outside);
        run("ip", "netns", "add", host);
        run("ip", "-n", outside, "link", "add", "eth0", "type", "veth", "peer", "name", "eth0", "netns", host);
        for (String side : List.of(outside, host)) {
            run("ip", "-n", side, "link", "set", "lo", "up");
            run("ip", "-n", side, "link", "set", "eth0", "up");
        }
        addresses(outside, STRANGER, ADMIN, STRANGER_V6);
        addresses(host, HOST, HOST_V6);
        enter(Path.of("/run/netns", outside));
    }

    /** Loads an nftables ruleset into the host's namespace. */
    void firewall(String ruleset) throws IOException {
        Path file = Files.createTempFile("boma-test", ".nft");
        try {
            Files.writeString(file, "flush ruleset\n" + ruleset);
            run("ip", "netns", "exec", host, "nft", "-f", file.toString());
        } finally {
            Files.delete(file);
        }
    }

    /** Runs code of this process in the host's namespace: what it binds and starts stays there. */
    <T> T inHost(Callable<T> code) throws Exception {
        enter(Path.of("/run/netns", host));
        try {
            return code.call();
        } finally {
            enter(Path.of("/run/netns", outside));
        }
    }

    /** Starts a program in the host's namespace; it ends with the namespaces. */
    Process daemon(String... command) throws Exception {
        Process daemon = inHost(() -> new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start());
        daemons.add(daemon);
        return daemon;
    }

    /** The command prefix that runs a program in the outside namespace, whichever namespace the caller is in. */
    List<String> outsidePrefix() {
        return List.of("ip", "netns", "exec", outside);
    }

    @Override
    public void close() throws IOException {
        for (Process daemon : daemons) {
            daemon.destroy();
            daemon.onExit().orTimeout(5, TimeUnit.SECONDS).join();
        }
        C.LIBRARY.setns(home, NETWORK);
        C.LIBRARY.close(home);
        run("ip", "netns", "del", outside);
        run("ip", "netns", "del", host);
    }

    private static void addresses(String namespace, InetAddress... addresses) throws IOException {
        for (InetAddress address : addresses) {
            boolean v6 = IpVersion.of(address) == IpVersion.IPV6;
            List<String> command = new ArrayList<>(List.of(
                    "ip", "-n", namespace, "addr", "add", address.getHostAddress() + (v6 ? "/64" : "/24"), "dev", "eth0"));
            if (v6) {
                command.add("nodad");
            }
            run(command.toArray(String[]::new));
        }
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException(String.join(" ", command) + ": " + output.strip());
        }
    }

    private static void enter(Path namespace) {
        int file = C.LIBRARY.open(namespace.toString(), 0);
        try {
            C.LIBRARY.setns(file, NETWORK);
        } finally {
            C.LIBRARY.close(file);
        }
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private interface C extends Library {

        C LIBRARY = Native.load("c", C.class);

        int open(String path, int flags) throws LastErrorException;

        int setns(int file, int kind) throws LastErrorException;

        int close(int file) throws LastErrorException;
    }
}
