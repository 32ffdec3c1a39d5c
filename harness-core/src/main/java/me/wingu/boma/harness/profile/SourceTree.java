package me.wingu.boma.harness.profile;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import me.wingu.boma.harness.FileTrouble;
import me.wingu.boma.harness.HarnessException;
import me.wingu.boma.harness.HarnessException.Kind;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.dataformat.yaml.YAMLFactory;

/**
 * Reads JSON and YAML into {@link SourceNode}s, so that whoever finds a fault in a value can say where it stands.
 *
 * <p>Repeated names are a fault, not an overwrite.
 */
@API(status = Status.INTERNAL, since = "0.1")
public final class SourceTree {

    private final Path file;
    private final JsonParser parser;

    private SourceTree(Path file, JsonParser parser) {
        this.file = file;
        this.parser = parser;
    }

    /**
     * Reads a JSON file.
     *
     * @throws HarnessException when the file cannot be read or is no JSON; the message has the line
     */
    public static SourceNode json(Path file) {
        return only(documents(
                        file, JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build()))
                .orElseThrow(() ->
                        new HarnessException(Kind.USAGE, file + ":1: the file is empty.", "", "expected: a JSON object"));
    }

    /**
     * Reads a YAML file of one document, as Ansible wants its files of variables; an empty file has none.
     *
     * @throws HarnessException when the file cannot be read, is no YAML or has more than one document; the message has the
     *     line
     */
    public static Optional<SourceNode> yamlDocument(Path file) {
        return only(yaml(file));
    }

    private static Optional<SourceNode> only(List<SourceNode> documents) {
        if (documents.size() > 1) {
            throw new HarnessException(
                    Kind.USAGE,
                    documents.get(1).place() + ": the file goes on after its end.",
                    documents.get(1).shown(),
                    "put all of it into one document");
        }
        return documents.stream().findFirst();
    }

    /**
     * Reads every document of a YAML file; an empty file has none.
     *
     * @throws HarnessException when the file cannot be read or is no YAML; the message has the line
     */
    public static List<SourceNode> yaml(Path file) {
        return documents(file, YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build());
    }

    private static List<SourceNode> documents(Path file, TokenStreamFactory format) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new HarnessException(
                    Kind.USAGE, "Reading " + file + " failed.", FileTrouble.reason(e), "make it a readable UTF-8 file", e);
        }
        try (JsonParser parser = format.createParser(ObjectReadContext.empty(), text)) {
            SourceTree tree = new SourceTree(file, parser);
            List<SourceNode> documents = new ArrayList<>();
            while (parser.nextToken() != null) {
                documents.add(tree.value(""));
            }
            return documents;
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw new HarnessException(
                    Kind.USAGE, file + ":" + line + ": malformed.", e.getOriginalMessage(), "correct the syntax", e);
        }
    }

    private SourceNode value(String path) {
        int line = parser.currentTokenLocation().getLineNr();
        JsonToken token = parser.currentToken();
        Object content = switch (token) {
            case START_OBJECT -> object(path);
            case START_ARRAY -> list(path);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> parser.getString();
        };
        return new SourceNode(file, line, path, content);
    }

    private Map<String, SourceNode> object(String path) {
        Map<String, SourceNode> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, value(path.isEmpty() ? name : path + "." + name));
        }
        return members;
    }

    private List<SourceNode> list(String path) {
        List<SourceNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(path + "[" + elements.size() + "]"));
        }
        return elements;
    }

    private Object number() {
        try {
            return new BigDecimal(parser.getString());
        } catch (NumberFormatException e) {
            return parser.getString(); // YAML's .inf, 0x1f and 1_000: nobody here does sums with them
        }
    }
}
