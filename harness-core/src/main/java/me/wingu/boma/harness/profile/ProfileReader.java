package me.wingu.boma.harness.profile;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;

/** Reads and judges what {@code profiles/<host>/} holds. */
final class ProfileReader {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final Pattern SOME_TEXT = Pattern.compile("\\S(.*\\S)?");

    /** RFC 5737's second block, where the rehearsal network lies, and the local addresses of RFC 4193. */
    private static final String NOBODYS =
            "198\\.51\\.100\\.(25[0-4]|2[0-4]\\d|1?\\d?\\d)|[fF][dD][0-9a-fA-F:]*:[0-9a-fA-F:]*";

    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";

    /** Or any IPv4 address in the mesh of one of the guest's interfaces: it never leaves the guest. */
    private static final Pattern VANTAGE =
            Pattern.compile(NOBODYS + "|(" + OCTET + "\\.){3}" + OCTET + "%[A-Za-z][A-Za-z0-9_.-]{0,14}");

    private static final String NOBODYS_EXPECTED =
            "an address of the rehearsal network that is nobody's, such as 198.51.100.7 or fd00:b03a:17::7,"
                    + " or one in a mesh with its interface, such as 100.99.0.7%wt0";

    private static final Pattern NETWORK = Pattern.compile(
            "(\\d{1,3}(\\.\\d{1,3}){3}(/([89]|[12]\\d|3[0-2]))?)|([0-9a-fA-F:]*:[0-9a-fA-F:]*(/(1[6-9]|[2-9]\\d|1[01]\\d|12[0-8]))?)");

    private static final String NETWORK_EXPECTED =
            "an address, or a network such as 203.0.113.0/24 or 2001:db8::/32, not wider than /8 or /16";

    private final String host;
    private final Path directory;

    ProfileReader(String host, Path directory) {
        this.host = host;
        this.directory = directory;
    }

    HostProfile read() {
        Path file = directory.resolve("profile.json");
        Fields fields = new Fields(SourceTree.json(file));
        fields.field("host").filter(node -> !node.text().equals(Optional.of(host))).ifPresent(node -> {
            throw Fields.wrong(node, "\"" + host + "\", the name of its directory");
        });
        HostProfile profile = new HostProfile(
                host,
                fields.text("hostName", Profiles.HOST, Profiles.HOST_EXPECTED).orElse(host),
                directory,
                overlay(),
                fields.text("image", NAME, "the name of an image in profiles/images/").orElse("debian-13"),
                fields.object("vm").map(ProfileReader::sizing).orElse(Sizing.DEFAULT),
                new SiteReader(directory).read(fields),
                vantages(fields),
                new SecretReader(directory).read(fields),
                fields.texts("neverReach", NETWORK, NETWORK_EXPECTED),
                knownFaults(fields),
                new ScenarioReader(directory.resolve("scenarios")).read());
        fields.refuseOthers();
        return profile;
    }

    private Path overlay() {
        Path overlay = directory.resolve("overlay.yml");
        if (!Files.isRegularFile(overlay)) {
            throw new HarnessException(
                    Kind.USAGE,
                    "Host " + host + " has no overlay.",
                    overlay + " is missing",
                    "make the file; it holds every variable that must differ from the real inventory, or nothing");
        }
        SourceTree.yamlDocument(overlay).filter(variables -> !variables.isObject()).ifPresent(variables -> {
            throw Fields.wrong(variables, "variables, one a line: name: value");
        });
        return overlay;
    }

    private static Sizing sizing(Fields vm) {
        Sizing standard = Sizing.DEFAULT;
        Sizing sizing = new Sizing(
                vm.integer("vcpus", standard.vcpus(), 1, 64, ""),
                vm.integer("memoryMiB", standard.memoryMiB(), 512, 262_144, " (MiB)"),
                vm.integer("diskGiB", standard.diskGiB(), 4, 2048, " (GiB)"));
        vm.refuseOthers();
        return sizing;
    }

    private static Map<String, VantageAddress> vantages(Fields fields) {
        Map<String, VantageAddress> vantages = new LinkedHashMap<>(HostProfile.DEFAULT_VANTAGES);
        fields.field("vantages").ifPresent(node -> {
            if (!node.isObject()) {
                throw Fields.wrong(node, "an object: { \"name\": \"address\" }");
            }
            node.members().forEach((name, address) -> {
                if (!VARIABLE.matcher(name).matches()) {
                    throw Fields.fault(address, "has a wrong name", name, "expected: small letters, digits and _");
                }
                vantages.put(name, address(address));
            });
        });
        return vantages;
    }

    private static VantageAddress address(SourceNode node) {
        VantageAddress vantage = VantageAddress.of(Fields.text(node, VANTAGE, NOBODYS_EXPECTED));
        try {
            InetAddress.getByName(vantage.address()); // a literal in this form is never looked up
            return vantage;
        } catch (UnknownHostException e) {
            throw Fields.wrong(node, NOBODYS_EXPECTED);
        }
    }

    private static List<KnownFault> knownFaults(Fields fields) {
        List<KnownFault> faults = new ArrayList<>();
        for (SourceNode node : fields.list("knownFaults", "a list of objects with \"unit\" or \"console\", \"reason\"")) {
            Fields fault = new Fields(node);
            String reason = fault.requiredText("reason", SOME_TEXT, "why the fault is accepted");
            fault.text("unit", Pattern.compile("[\\w@:.\\\\-]+\\.[a-z]+"), "a unit's full name, such as x.service")
                    .ifPresent(unit -> faults.add(new KnownFault(KnownFault.Subject.UNIT, unit, reason)));
            fault.field("console")
                    .ifPresent(line -> faults.add(new KnownFault(KnownFault.Subject.CONSOLE, regex(line), reason)));
            if (node.members().containsKey("unit") == node.members().containsKey("console")) {
                throw Fields.wrong(node, "either \"unit\" or \"console\"");
            }
            fault.refuseOthers();
        }
        return faults;
    }

    private static String regex(SourceNode node) {
        String expected = "a regular expression found in a line of the console";
        String regex = Fields.text(node, SOME_TEXT, expected);
        try {
            return Pattern.compile(regex).pattern();
        } catch (PatternSyntaxException e) {
            throw Fields.fault(node, "is no regular expression", e.getMessage(), "expected: " + expected);
        }
    }
}
