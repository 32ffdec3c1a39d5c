package me.wingu.boma.harness.nftables;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what {@code nft -j list ruleset} prints, of nft 1.0.2 to 1.1.x.
 *
 * <p>Nothing is dropped: what the reader does not know stays in the rule as {@link Statement.Unknown} or
 * {@link Expression.Unknown}, or, outside rules, in {@link Ruleset#unrecognised()}.
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public final class RulesetReader {

    private final JsonMapper json =
            JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    /** Creates a reader; it can be used for any number of rulesets, by any number of threads. */
    public RulesetReader() {}

    /**
     * Reads a ruleset.
     *
     * @param text the listing as JSON
     * @return the ruleset
     * @throws RulesetFormatException when the text is not JSON or not such a listing; it names the place
     */
    public Ruleset read(String text) {
        JsonNode root;
        try {
            root = json.readTree(text);
        } catch (JacksonException e) {
            String line = e.getLocation() == null
                    ? "line 1"
                    : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
            throw new RulesetFormatException(line, e.getOriginalMessage(), e);
        }
        JsonPlace place = JsonPlace.root(root);
        if (!root.isObject()) {
            throw place.wrong("expected an object with the member \"nftables\"");
        }
        ObjectReader objects = new ObjectReader();
        JsonPlace list = place.get("nftables");
        if (!list.isArray()) {
            throw list.wrong("expected an array");
        }
        list.items().forEach(objects::add);
        return objects.ruleset();
    }
}
