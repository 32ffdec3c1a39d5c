package me.wingu.boma.harness.nftables;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;
import org.jspecify.annotations.Nullable;

/** The input is not what {@code nft -j list ruleset} prints; {@link #place()} says where. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class RulesetFormatException extends NftablesException {

    private static final long serialVersionUID = 1L;

    private final String place;

    RulesetFormatException(String place, String problem, @Nullable Throwable cause) {
        super("Not a ruleset as `nft -j list ruleset` prints it: " + problem + " at " + place, cause);
        this.place = place;
    }

    /** Returns the place: a JSON pointer such as {@code /nftables/12/rule/expr/0}, or a line and column. */
    public String place() {
        return place;
    }
}
