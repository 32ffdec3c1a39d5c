package me.wingu.boma.harness.state;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Masks what looks like a secret in text that other people's programs wrote. */
final class Secrets {

    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?i)([\\w.-]*(?:passw(?:or)?d|secret|token|api[-_]?key|private[-_]?key|credential)[\\w.-]*)"
                    + "(\\s*[=:]\\s*|\\s+)(\"[^\"]*\"|'[^']*'|[^\\s,;&]+)");
    private static final Pattern OPTION_ONLY = Pattern.compile("(?i)^-");
    private static final Pattern URL = Pattern.compile("(://[^/\\s:@]*:)[^@\\s/]+@");

    private Secrets() {}

    /**
     * Masks the values of assignments and options whose name speaks of a secret, and passwords in URLs.
     *
     * <p>A name and a value with only a space between them are masked for options ({@code --token abc}), not in prose
     * ({@code password authentication}).
     */
    static String masked(String text) {
        String assigned = ASSIGNMENT.matcher(text).replaceAll(match -> {
            boolean bare = match.group(2).isBlank();
            boolean option = OPTION_ONLY.matcher(match.group(1)).find();
            return Matcher.quoteReplacement(bare && !option ? match.group() : match.group(1) + match.group(2) + "***");
        });
        return URL.matcher(assigned).replaceAll("$1***@");
    }
}
