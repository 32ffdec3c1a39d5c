package me.wingu.boma.harness.state;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Masks what looks like a secret in text that other people's programs wrote; the values that the harness itself knows to be
 * secret are struck out by {@link me.wingu.boma.harness.Secrets}.
 */
final class LikelySecrets {

    private static final Pattern ASSIGNMENT = Pattern.compile(
            "(?i)([\\w.-]*(?:passw(?:or)?d|secret|token|api[-_]?key|private[-_]?key|credential)[\\w.-]*)"
                    + "(\\s*[=:]\\s*|\\s+)(\"[^\"]*\"|'[^']*'|[^\\s,;&]+)");
    private static final Pattern URL = Pattern.compile("(://[^/\\s:@]*:)[^@\\s/]+@");

    private LikelySecrets() {}

    /**
     * Masks the values of assignments and options whose name speaks of a secret, and passwords in URLs.
     *
     * <p>A name and a value with only a space between them are masked for options ({@code --token abc}), not in prose
     * ({@code password authentication}).
     */
    static String masked(String text) {
        String assigned = ASSIGNMENT.matcher(text).replaceAll(match -> {
            boolean bare = match.group(2).isBlank();
            boolean option = match.group(1).startsWith("-");
            return Matcher.quoteReplacement(bare && !option ? match.group() : match.group(1) + match.group(2) + "***");
        });
        return URL.matcher(assigned).replaceAll("$1***@");
    }
}
