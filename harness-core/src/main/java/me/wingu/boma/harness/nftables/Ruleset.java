package me.wingu.boma.harness.nftables;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * All tables of one network namespace, as {@code nft -j list ruleset} printed them.
 *
 * @param nftVersion the version of nft that printed it, such as {@code 1.0.6}
 * @param tables the tables, in the order of the listing
 * @param unrecognised everything that the reader could not place: objects of unknown kinds and unknown attributes of
 *     known ones; statements and expressions that are not understood stay inside their rule
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record Ruleset(Optional<String> nftVersion, List<Table> tables, List<Unrecognised> unrecognised) {

    /** Takes copies of the lists. */
    public Ruleset {
        tables = List.copyOf(tables);
        unrecognised = List.copyOf(unrecognised);
    }

    /** Returns the ruleset without any table: every packet is accepted. */
    public static Ruleset empty() {
        return new Ruleset(Optional.empty(), List.of(), List.of());
    }

    /** Returns the same ruleset with other tables. */
    public Ruleset withTables(List<Table> others) {
        return new Ruleset(nftVersion, others, unrecognised);
    }

    /** Returns the table of this family and name. */
    public Optional<Table> table(Family family, String name) {
        return tables.stream()
                .filter(table -> table.family() == family && table.name().equals(name))
                .findFirst();
    }

    /** Returns every chain of every table, in the order of the listing. */
    public Stream<Chain> chains() {
        return tables.stream().flatMap(table -> table.chains().stream());
    }

    /** Returns every rule of every chain, in the order of the listing. */
    public Stream<Rule> rules() {
        return chains().flatMap(chain -> chain.rules().stream());
    }

    /**
     * Something that the reader kept without understanding it.
     *
     * @param place its JSON pointer in the input
     * @param json its text
     */
    public record Unrecognised(String place, String json) {

        private static final int SHOWN = 120;

        @Override
        public String toString() {
            return (json.length() > SHOWN ? json.substring(0, SHOWN) + "…" : json) + " (" + place + ")";
        }
    }
}
