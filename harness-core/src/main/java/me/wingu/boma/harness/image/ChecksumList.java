package me.wingu.boma.harness.image;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A publisher's list of SHA-512 sums, in the form that {@code sha512sum} writes: the sum, a blank, a blank or an
 * asterisk, the file's name.
 */
record ChecksumList(String text) {

    private static final Pattern LINE = Pattern.compile("(\\p{XDigit}{128}) [ *](.+)");

    /** Returns the sum of a file in small digits; empty when the list does not know the file. */
    Optional<String> sumOf(String fileName) {
        return text.lines()
                .map(LINE::matcher)
                .filter(Matcher::matches)
                .filter(line -> line.group(2).equals(fileName) || line.group(2).equals("./" + fileName))
                .map(line -> line.group(1).toLowerCase(Locale.ROOT))
                .findFirst();
    }
}
