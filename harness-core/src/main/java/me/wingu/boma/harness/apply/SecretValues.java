package me.wingu.boma.harness.apply;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import me.wingu.boma.harness.FileTrouble;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import me.wingu.boma.harness.Secrets;
import me.wingu.boma.harness.profile.RehearsalPlan;
import me.wingu.boma.harness.profile.Secret;

/** Gets the values of a run's secrets from where the profile says they are, and has them struck out everywhere. */
final class SecretValues {

    /** A command may ask its user for a password. */
    private static final long COMMAND_SECONDS = 120;

    private final RehearsalPlan plan;
    private final Secrets secrets;

    SecretValues(RehearsalPlan plan, Secrets secrets) {
        this.plan = plan;
        this.secrets = secrets;
    }

    /**
     * Returns the run's secrets as variables, dictionaries inside dictionaries where their names have dots.
     *
     * @throws HarnessException of kind {@code USAGE} when a value is not there; the message names its place, never the
     *     value
     */
    Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        for (Secret secret : plan.profile().secrets()) {
            if (secret.certs().contains(plan.certs())) {
                String value = value(secret);
                secrets.add(value);
                put(variables, List.of(secret.variable().split("\\.", -1)), value);
            }
        }
        return variables;
    }

    @SuppressWarnings("unchecked") // what is not a text was put there by this method
    private static void put(Map<String, Object> variables, List<String> path, String value) {
        if (path.size() == 1) {
            variables.put(path.get(0), value);
        } else {
            Object inner = variables.computeIfAbsent(path.get(0), name -> new LinkedHashMap<String, Object>());
            put((Map<String, Object>) inner, path.subList(1, path.size()), value);
        }
    }

    private String value(Secret secret) {
        String value = switch (secret.source()) {
            case FILE -> file(secret);
            case ENVIRONMENT -> System.getenv().getOrDefault(secret.place().get(0), "");
            case COMMAND -> command(secret);
        };
        if (value.isBlank()) {
            throw missing(secret, "it is empty");
        }
        return value.strip();
    }

    private String file(Secret secret) {
        try {
            return Files.readString(Path.of(secret.place().get(0)));
        } catch (IOException e) {
            throw missing(secret, FileTrouble.reason(e));
        }
    }

    private String command(Secret secret) {
        try {
            Process process = new ProcessBuilder(secret.place())
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .start();
            if (!process.waitFor(COMMAND_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw missing(secret, "the command did not end within " + COMMAND_SECONDS + " s");
            }
            if (process.exitValue() != 0) {
                throw missing(secret, "the command ended with status " + process.exitValue());
            }
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw missing(secret, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw missing(secret, "interrupted");
        }
    }

    private HarnessException missing(Secret secret, String seen) {
        String place = switch (secret.source()) {
            case FILE -> "file " + secret.place().get(0);
            case ENVIRONMENT -> "environment variable " + secret.place().get(0);
            case COMMAND -> "command \"" + String.join(" ", secret.place()) + "\"";
        };
        return new HarnessException(
                Kind.USAGE,
                "Cert tier " + plan.certs().word() + " needs the secret " + secret.variable() + ", and its " + place
                        + " does not give it.",
                seen,
                "provide it, or correct \"secrets\" in " + plan.profile().directory().resolve("profile.json"));
    }
}
