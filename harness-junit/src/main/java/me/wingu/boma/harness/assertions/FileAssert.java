package me.wingu.boma.harness.assertions;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import me.wingu.boma.harness.state.FileState;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * Assertions on one file of a host.
 *
 * <pre>{@code
 * assertThat(vm.file("/etc/sudoers.d/claude")).hasMode("0440").isOwnedBy("root", "root");   // passes as deployed
 * assertThat(vm.file("/etc/nologin")).doesNotExist();                                       // fails during a shutdown
 * }</pre>
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public class FileAssert extends StateAssert<FileAssert, FileState> {

    /** Creates the assertions. */
    public FileAssert(FileState actual) {
        super(actual, FileAssert.class, Wording.title(actual.host(), "file"));
    }

    /** Verifies that something is there. */
    public FileAssert exists() {
        return that("to exist", actual.exists());
    }

    /** Verifies that nothing is there. */
    public FileAssert doesNotExist() {
        return that("not to exist", !actual.exists());
    }

    /** Verifies that it is an ordinary file. */
    public FileAssert isFile() {
        return that("to be a file", actual.type().equals("file"));
    }

    /** Verifies that it is a directory. */
    public FileAssert isDirectory() {
        return that("to be a directory", actual.type().equals("directory"));
    }

    /** Verifies that it is a symbolic link to exactly this target. */
    public FileAssert isLinkTo(String target) {
        return that("to be a link to " + target, actual.type().equals("link") && actual.target().equals(target));
    }

    /** Verifies its permissions, four octal digits: {@code 0640}. */
    public FileAssert hasMode(String mode) {
        return that("to have the mode " + mode, actual.mode().equals(mode));
    }

    /** Verifies its size in bytes. */
    public FileAssert hasSize(long bytes) {
        return that("to have " + bytes + " bytes", actual.exists() && actual.size() == bytes);
    }

    /**
     * Verifies the checksum of what it holds.
     *
     * @param hexadecimal as {@code sha256sum} prints it
     */
    public FileAssert hasSha256(String hexadecimal) {
        Wording.requireText(hexadecimal, "checksum");
        String sum = actual.sha256().orElse("none: it is no file, or was not read");
        return check(
                sum.equalsIgnoreCase(hexadecimal),
                "Expecting " + actual.path() + " to have the SHA-256 checksum " + hexadecimal + ".",
                List.of(actual, sum));
    }

    /** Verifies its owner and group, by name. */
    public FileAssert isOwnedBy(String owner, String group) {
        return that(
                "to be owned by " + owner + ":" + group, actual.owner().equals(owner) && actual.group().equals(group));
    }

    /** Verifies that it holds this text somewhere in its first {@value FileState#CONTENT_LIMIT} bytes. */
    public FileAssert contains(String text) {
        Wording.requireText(text, "text");
        return content("to contain \"" + text + "\"", content -> content.contains(text));
    }

    /** Verifies that it does not hold this text; fails for a file of more than {@value FileState#CONTENT_LIMIT} bytes. */
    public FileAssert doesNotContain(String text) {
        Wording.requireText(text, "text");
        check(
                !actual.isCut(),
                "Expecting " + actual.path() + " not to contain \"" + text + "\", but only its first "
                        + FileState.CONTENT_LIMIT + " bytes were read.",
                List.of(actual));
        return content("not to contain \"" + text + "\"", content -> !content.contains(text));
    }

    /** Verifies that a line in its first {@value FileState#CONTENT_LIMIT} bytes matches a regular expression as a whole. */
    public FileAssert hasLineMatching(String regex) {
        Wording.requireText(regex, "pattern");
        Pattern pattern = Pattern.compile(regex);
        return content(
                "to have a line that matches " + regex,
                content -> content.lines().anyMatch(line -> pattern.matcher(line).matches()));
    }

    private FileAssert that(String expectation, boolean holds) {
        return check(holds, "Expecting " + actual.path() + " " + expectation + ".", List.of(actual));
    }

    private FileAssert content(String expectation, Predicate<String> holds) {
        exists();
        String content = actual.content()
                .orElseThrow(() -> new IllegalStateException(
                        "The content of " + actual.path() + " was not read; ask the host for it with read(path)."));
        return check(
                holds.test(content), "Expecting " + actual.path() + " " + expectation + ".", content.lines().toList());
    }
}
