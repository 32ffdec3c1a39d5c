package me.wingu.boma.harness.profile;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Tells somebody who mistyped a name what names there are, the likeliest first. */
@API(status = Status.INTERNAL, since = "0.1")
public final class Suggestion {

    private static final int FARTHEST_TYPO = 3;

    private Suggestion() {}

    /** Returns, for example, {@code did you mean "askari"? known: askari, ubongo}. */
    public static String among(String typed, Collection<String> known) {
        String all = "known: " + (known.isEmpty() ? "none" : known.stream().sorted().collect(Collectors.joining(", ")));
        return closest(typed, known)
                .map(name -> "did you mean \"" + name + "\"? " + all)
                .orElse(all);
    }

    private static Optional<String> closest(String typed, Collection<String> known) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        int farthest = Math.min(FARTHEST_TYPO, typed.length() / 2);
        return known.stream()
                .filter(name -> distance(wanted, name.toLowerCase(Locale.ROOT)) <= farthest)
                .min(Comparator.comparingInt(name -> distance(wanted, name.toLowerCase(Locale.ROOT))));
    }

    /** Levenshtein's distance: the fewest insertions, deletions and replacements that lead from one to the other. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[to.length()];
    }
}
