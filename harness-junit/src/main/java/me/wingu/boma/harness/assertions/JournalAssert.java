package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import me.wingu.boma.harness.state.Journal;
import me.wingu.boma.harness.state.JournalEntry;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on the warnings and errors of this boot.
 *
 * <p>Only the last 1000 warnings and worse of a boot are known. Where there are that many, what says that there is none of something
 * fails, because nobody knows.
 *
 * <pre>{@code
 * assertThat(vm.journal()).hasNoErrors();                      // passes when nothing was worse than a warning
 * assertThat(vm.journal()).hasNothingFrom("docker.service");   // fails when Docker warned of something
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class JournalAssert extends StateAssert<JournalAssert, Journal> {

    private static final int ERROR = 3;

    /** Creates the assertions. */
    public JournalAssert(Journal actual) {
        super(actual, JournalAssert.class, Wording.title(actual.host(), "journal"));
    }

    /** Verifies that nothing is an error or worse. */
    public JournalAssert hasNoErrors() {
        List<JournalEntry> errors = actual.atLeast(ERROR).toList();
        return none(errors, "no errors in the journal");
    }

    /** Verifies that nothing is an error or worse, but for messages that match one of these regular expressions. */
    public JournalAssert hasNoErrorsBut(String... patterns) {
        Wording.requireSome(patterns, "pattern");
        List<Pattern> known = Stream.of(patterns).map(Pattern::compile).toList();
        List<JournalEntry> errors = actual.atLeast(ERROR)
                .filter(entry -> known.stream().noneMatch(pattern -> pattern.matcher(entry.message()).find()))
                .toList();
        return none(errors, "no other errors in the journal");
    }

    /** Verifies that a unit neither wrote nor caused a warning or worse. */
    public JournalAssert hasNothingFrom(String unit) {
        Wording.requireText(unit, "unit");
        return none(actual.of(unit).toList(), "no warnings from " + unit);
    }

    private JournalAssert none(List<JournalEntry> found, String what) {
        if (!found.isEmpty() || !actual.mayLackTheOldest()) {
            return check(found.isEmpty(), "Expecting " + what + ".", found);
        }
        return check(
                false,
                "Expecting " + what + ", but only the last " + actual.entries().size() + " warnings and worse of this boot are known.",
                actual.entries().subList(0, 1));
    }

    /** Verifies that a message matches a regular expression somewhere. */
    public JournalAssert hasMessageMatching(String regex) {
        Wording.requireText(regex, "pattern");
        Pattern pattern = Pattern.compile(regex);
        return check(
                actual.entries().stream().anyMatch(entry -> pattern.matcher(entry.message()).find()),
                "Expecting a message that matches " + regex + ".",
                actual.entries());
    }
}
