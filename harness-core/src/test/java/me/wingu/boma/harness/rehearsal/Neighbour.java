package me.wingu.boma.harness.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A machine of other networks, in a network namespace that is gone at the end. */
final class Neighbour implements AutoCloseable {

    private static final String NAMESPACE = "boma-it-lan";

    /** Makes a machine that has the given addresses, each in a /24 with this machine's own .1. */
    static Neighbour at(String... addresses) throws IOException {
        run("ip", "netns", "add", NAMESPACE);
        Neighbour neighbour = new Neighbour();
        try {
            run("ip", "link", "add", "boma-it-v0", "type", "veth", "peer", "name", "boma-it-v1", "netns", NAMESPACE);
            run("ip", "link", "set", "boma-it-v0", "up");
            run("ip", "-n", NAMESPACE, "link", "set", "boma-it-v1", "up");
            for (String address : addresses) {
                run("ip", "addr", "add", gateway(address) + "/24", "dev", "boma-it-v0");
                run("ip", "-n", NAMESPACE, "addr", "add", address + "/24", "dev", "boma-it-v1");
            }
            run("ip", "-n", NAMESPACE, "route", "add", "default", "via", gateway(addresses[0]));
            return neighbour;
        } catch (IOException | AssertionError e) {
            neighbour.close();
            throw e;
        }
    }

    private static String gateway(String address) {
        return address.substring(0, address.lastIndexOf('.')) + ".1";
    }

    boolean answers(String address) throws IOException {
        return status("ping", "-c", "2", "-W", "2", address) == 0;
    }

    boolean reaches(String address) throws IOException {
        return status("ip", "netns", "exec", NAMESPACE, "ping", "-c", "2", "-W", "2", address) == 0;
    }

    @Override
    public void close() throws IOException {
        run("ip", "netns", "del", NAMESPACE);
    }

    /** Returns whether this account may make one. */
    static boolean isPossible() throws IOException {
        return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    }

    /** Runs a command on this machine; returns its exit status. */
    static int status(String... command) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .onExit()
                .join()
                .exitValue();
    }

    private static void run(String... command) throws IOException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.onExit().join().exitValue()).as("%s: %s", List.of(command), output).isZero();
    }
}
