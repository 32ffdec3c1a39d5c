package me.wingu.boma.harness.image;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import me.wingu.boma.harness.profile.Fields;
import me.wingu.boma.harness.profile.SourceNode;
import me.wingu.boma.harness.profile.SourceTree;

/** Reads and judges one image definition. */
final class ImageDefinitionReader {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9.-]{0,62}");
    private static final Pattern RELEASE = Pattern.compile("[a-z]{3,20}");
    private static final Pattern ARCHITECTURE = Pattern.compile("amd64");
    /** Debian Policy, 5.6.1. */
    private static final Pattern PACKAGE = Pattern.compile("[a-z0-9][a-z0-9+.-]+");

    private static final String PACKAGE_EXPECTED = "the name of a Debian package: small letters, digits, + . -";
    private static final String URL_EXPECTED = "an https:// URL (http:// only to a loopback address)";

    private final String name;
    private final Path file;

    ImageDefinitionReader(String name, Path file) {
        this.name = name;
        this.file = file;
    }

    ImageDefinition read() {
        SourceNode top = SourceTree.json(file);
        Fields fields = new Fields(top);
        if (!NAME.matcher(name).matches()) {
            throw Fields.fault(top, "has a wrong name", name, "expected: small letters, digits, . and -");
        }
        ImageDefinition definition = new ImageDefinition(
                name,
                fields.requiredText("release", RELEASE, "a Debian release's code name, such as \"trixie\""),
                fields.requiredText("architecture", ARCHITECTURE, "\"amd64\""),
                fields.integer("diskGiB", 20, 4, 2048, " (GiB)"),
                fields.object("published").map(ImageDefinitionReader::published),
                packages(fields, "packages"),
                packages(fields, "packageFiles"));
        fields.refuseOthers();
        return definition;
    }

    private static List<String> packages(Fields fields, String field) {
        return fields.texts(field, PACKAGE, PACKAGE_EXPECTED).stream().distinct().toList();
    }

    private static PublishedImage published(Fields fields) {
        PublishedImage published = new PublishedImage(url(fields, "url"), url(fields, "checksumsUrl"));
        fields.refuseOthers();
        if (published.fileName().isEmpty()) {
            throw Fields.wrong(fields.field("url").orElseThrow(), "a URL that ends with the file's name");
        }
        return published;
    }

    private static URI url(Fields fields, String field) {
        SourceNode node = fields.field(field).orElseThrow(() -> fields.missing(field, URL_EXPECTED));
        return node.text()
                .flatMap(ImageDefinitionReader::uri)
                .filter(ImageDefinitionReader::isPrivateOnTheWay)
                .orElseThrow(() -> Fields.wrong(node, URL_EXPECTED));
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text)).filter(uri -> uri.getHost() != null && uri.getPath() != null);
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** Nobody may come between the list of sums and us: it is all that the image is verified against. */
    private static boolean isPrivateOnTheWay(URI uri) {
        return "https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && isLoopback(uri.getHost()));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.equals("[::1]") || host.matches("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
    }
}
