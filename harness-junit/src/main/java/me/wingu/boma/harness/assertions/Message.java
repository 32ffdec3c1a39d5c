package me.wingu.boma.harness.assertions;

import java.util.stream.Collectors;
import me.wingu.boma.harness.nftables.proof.Finding;

/** Words of failures that several assertions share. */
final class Message {

    private Message() {}

    static String of(String actual, String expectation) {
        return "Expecting actual:\n" + indent(actual) + "\nto " + expectation;
    }

    static String of(String actual, String expectation, Finding finding) {
        String but = finding.kind() == Finding.Kind.REFUTED
                ? "but this packet shows that it does not:"
                : "but that cannot be known, which is no pass:";
        String rest = finding.describe().lines().skip(1).collect(Collectors.joining("\n"));
        return of(actual, expectation) + "\n" + but + "\n" + rest;
    }

    static String indent(String text) {
        return text.lines().map(line -> "  " + line).collect(Collectors.joining("\n"));
    }
}
