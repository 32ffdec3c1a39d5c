package me.wingu.boma.harness.profile;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import me.wingu.boma.harness.profile.Secret.Source;

/** Reads a profile's {@code "secrets"}: where values come from, never the values. */
final class SecretReader {

    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_]\\w*(\\.[A-Za-z_]\\w*)*");
    private static final Pattern ENVIRONMENT_VARIABLE = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern CERT_TIER =
            Pattern.compile(Arrays.stream(CertTier.values()).map(CertTier::word).collect(Collectors.joining("|")));
    private static final Pattern SOME_TEXT = Pattern.compile("\\S(.*\\S)?");
    private static final String ONE_SOURCE = "exactly one of \"file\", \"env\" and \"command\"";

    private final Path directory;

    SecretReader(Path directory) {
        this.directory = directory;
    }

    List<Secret> read(Fields profile) {
        List<Secret> secrets = new ArrayList<>();
        profile.field("secrets").ifPresent(node -> {
            if (!node.isObject()) {
                throw Fields.wrong(node, "an object: { \"variable\": { \"env\": \"NAME\" } }");
            }
            node.members().forEach((variable, place) -> secrets.add(secret(variable, place)));
        });
        return secrets;
    }

    private Secret secret(String variable, SourceNode node) {
        if (!VARIABLE.matcher(variable).matches()) {
            throw Fields.fault(node, "has a wrong name", variable, "expected: a variable such as vault.gandi.pat");
        }
        Fields fields = new Fields(node);
        Optional<List<String>> file = fields.text("file", SOME_TEXT, "the path of a file").map(this::resolved);
        Optional<List<String>> environment =
                fields.text("env", ENVIRONMENT_VARIABLE, "the name of an environment variable").map(List::of);
        List<String> command = fields.texts("command", Pattern.compile(".+"), "a command's words: [\"rbw\", \"get\", \"x\"]");
        Set<CertTier> certs = EnumSet.noneOf(CertTier.class);
        fields.texts("certs", CERT_TIER, "a cert tier: internal, le-staging or le-prod-wildcard").forEach(word -> certs.add(CertTier.of(word)));
        fields.refuseOthers();

        List<Secret> found = new ArrayList<>();
        file.ifPresent(place -> found.add(new Secret(variable, Source.FILE, place, certs)));
        environment.ifPresent(place -> found.add(new Secret(variable, Source.ENVIRONMENT, place, certs)));
        if (!command.isEmpty()) {
            found.add(new Secret(variable, Source.COMMAND, command, certs));
        }
        if (found.size() != 1) {
            throw Fields.wrong(node, ONE_SOURCE);
        }
        return found.get(0);
    }

    /** A file is named from the profile's directory, or from home as {@code ~/…}. */
    private List<String> resolved(String file) {
        Path path = file.startsWith("~/")
                ? Path.of(System.getProperty("user.home")).resolve(file.substring(2))
                : directory.resolve(file);
        return List.of(path.normalize().toString());
    }
}
