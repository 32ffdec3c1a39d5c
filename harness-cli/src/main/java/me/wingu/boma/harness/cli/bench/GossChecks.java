package me.wingu.boma.harness.cli.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.guest.CommandResult;
import me.wingu.boma.harness.guest.Shell;
import tools.jackson.databind.json.JsonMapper;

/** Checks with goss inside the guest; what is measured is goss alone, without the way there. */
final class GossChecks implements Checker {

    private static final int PIECE = 512 * 1024;
    private static final int LINE = 76;

    /** goss demands to be told that they exist before it checks anything else of them. */
    private static final Set<Check.Kind> MUST_EXIST = Set.of(Check.Kind.FILE, Check.Kind.USER, Check.Kind.GROUP);

    private final Shell shell;
    private final Duration deadline;

    /**
     * Brings goss into the guest; not into /run, which Debian mounts so that nothing there can be executed.
     *
     * @param binary goss for the guest's architecture
     * @param shell where it runs, as root
     * @param deadline how long one validation may take
     */
    GossChecks(Path binary, Shell shell, Duration deadline) {
        this.shell = shell;
        this.deadline = deadline;
        upload(binary);
    }

    /** In pieces, and what arrived is compared: sent as one, some of it was lost on its way into an emulated guest's shell. */
    private void upload(Path binary) {
        try {
            byte[] program = Files.readAllBytes(binary);
            require(shell.run("rm -f /var/tmp/goss", deadline));
            for (int from = 0; from < program.length; from += PIECE) {
                byte[] piece = Arrays.copyOfRange(program, from, Math.min(program.length, from + PIECE));
                String text = Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(piece);
                require(shell.run("base64 -d >>/var/tmp/goss <<'END'\n" + text + "\nEND\n", deadline));
            }
            require(shell.run(
                    "echo '" + sha256(program) + "  /var/tmp/goss' | sha256sum --check && chmod 755 /var/tmp/goss", deadline));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }

    @Override
    public String name() {
        return "goss";
    }

    @Override
    public Duration time(List<Check> checks) {
        CommandResult result = require(shell.run(
                """
                cat > /var/tmp/goss.json <<'END'
                %s
                END
                began=$(date +%%s%%N)
                /var/tmp/goss --gossfile /var/tmp/goss.json validate --format rspecish --no-color > /var/tmp/goss.out 2>&1
                status=$?
                ended=$(date +%%s%%N)
                tail -n 30 /var/tmp/goss.out
                echo "took $(((ended - began) / 1000000))"
                exit $status
                """
                        .formatted(gossfile(checks)),
                deadline));
        List<String> lines = result.stdout().lines().toList();
        // goss counts a service's running and enabled as one resource with two attributes.
        if (lines.stream().noneMatch(line -> line.contains("Failed: 0") && line.contains("Skipped: 0"))) {
            throw new AssertionError("goss did not make all checks, or they failed:\n" + result.stdout());
        }
        String took = lines.get(lines.size() - 1).replace("took ", "");
        return Duration.ofMillis(Long.parseLong(took.strip()));
    }

    /** The same checks as a goss file, in JSON, which goss reads as well as YAML. */
    static String gossfile(List<Check> checks) {
        Map<String, Map<String, Map<String, Object>>> resources = new TreeMap<>();
        for (Check check : checks) {
            List<Object> entry = entry(check);
            Map<String, Object> resource = resources
                    .computeIfAbsent(String.valueOf(entry.get(0)), type -> new TreeMap<>())
                    .computeIfAbsent(String.valueOf(entry.get(1)), name -> new TreeMap<>());
            resource.put(String.valueOf(entry.get(2)), entry.get(3));
            if (MUST_EXIST.contains(check.kind())) {
                resource.put("exists", true);
            }
        }
        return JsonMapper.shared().writeValueAsString(resources);
    }

    private static List<Object> entry(Check check) {
        String name = check.name();
        return switch (check.kind()) {
            case PACKAGE -> List.of("package", name, "installed", true);
            case FILE -> List.of("file", name, "mode", check.expected());
            case RUNNING -> List.of("service", name, "running", true);
            case ENABLED -> List.of("service", name, "enabled", true);
            case USER -> List.of("user", name, "uid", Long.parseLong(check.expected()));
            case GROUP -> List.of("group", name, "gid", Long.parseLong(check.expected()));
            case SYSCTL -> List.of("kernel-param", name, "value", check.expected());
            case PORT -> List.of("port", "tcp:" + name, "listening", true);
            case MOUNT -> List.of("mount", name, "exists", true);
        };
    }

    private static CommandResult require(CommandResult result) {
        if (!result.succeeded()) {
            throw new HarnessException(
                    Kind.MACHINE,
                    "Checking with goss failed.",
                    String.format(Locale.ROOT, "exit status %d%n%s%n%s", result.exitStatus(), result.stdout(), result.stderr())
                            .strip(),
                    "give a goss for the guest's architecture: --goss FILE");
        }
        return result;
    }

    /** Returns goss from the search path. */
    static List<Path> onPath() {
        List<Path> found = new ArrayList<>();
        for (String directory : System.getenv().getOrDefault("PATH", "").split(java.io.File.pathSeparator, -1)) {
            Path candidate = Path.of(directory).resolve("goss");
            if (!directory.isEmpty() && Files.isExecutable(candidate)) {
                found.add(candidate);
            }
        }
        return found;
    }
}
