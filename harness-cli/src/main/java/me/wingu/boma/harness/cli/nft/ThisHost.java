package me.wingu.boma.harness.cli.nft;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.nftables.HostNetwork;
import me.wingu.boma.harness.nftables.collection.NetworkReader;

/** Reads the addresses, routes and parameters of the machine that the command runs on. */
final class ThisHost {

    private static final List<String> PARAMETERS = List.of("net.ipv4.ip_forward", "net.ipv6.conf.all.forwarding");

    private ThisHost() {}

    static HostNetwork network() {
        Map<String, String> sysctls = new LinkedHashMap<>();
        try {
            for (String name : PARAMETERS) {
                Path file = Path.of("/proc/sys", name.replace('.', '/'));
                if (Files.exists(file)) {
                    sysctls.put(name, Files.readString(file).strip());
                }
            }
            try (DirectoryStream<Path> interfaces = Files.newDirectoryStream(Path.of("/proc/sys/net/ipv4/conf"))) {
                for (Path each : interfaces) {
                    String name = "net.ipv4.conf." + each.getFileName() + ".route_localnet";
                    sysctls.put(name, Files.readString(each.resolve("route_localnet")).strip());
                }
            }
            return new NetworkReader()
                    .read(
                            ip("addr"),
                            ip("-4", "route", "show", "table", "all"),
                            ip("-6", "route", "show", "table", "all"),
                            ip("-4", "rule"),
                            ip("-6", "rule"),
                            sysctls);
        } catch (IOException e) {
            throw failed(String.valueOf(e.getMessage()));
        }
    }

    private static String ip(String... words) throws IOException {
        List<String> command = new ArrayList<>(List.of("ip", "-j"));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (process.waitFor() != 0) {
                throw failed(String.join(" ", command) + " ended with status " + process.exitValue());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("interrupted");
        }
        return text;
    }

    private static HarnessException failed(String seen) {
        return new HarnessException(
                HarnessException.Kind.MACHINE,
                "The addresses and routes of this machine cannot be read.",
                seen,
                "install iproute2, or leave --this-host out");
    }
}
