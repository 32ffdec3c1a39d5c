package me.wingu.boma.harness.state;

import java.util.Optional;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * A file of a host, or that there is none.
 *
 * @param host what messages call the host and the moment
 * @param path its path
 * @param type {@code file}, {@code directory}, {@code link}, {@code socket}, {@code fifo}, {@code device}; empty when
 *     nothing is there
 * @param mode its permissions as four octal digits: {@code 0640}
 * @param owner its owner's name
 * @param group its group's name
 * @param size its size in bytes
 * @param target where a link leads; empty for other files
 * @param content what it holds, at most the first {@value #CONTENT_LIMIT} bytes; empty unless it was asked for
 * @param sha256 the checksum of all that it holds, hexadecimal; empty unless it was asked for
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record FileState(
        String host,
        String path,
        String type,
        String mode,
        String owner,
        String group,
        long size,
        String target,
        Optional<String> content,
        Optional<String> sha256) {

    /** How many bytes of a file are read, at most. */
    public static final int CONTENT_LIMIT = 65_536;

    /** Returns whether there is more in the file than what was read of it. */
    public boolean isCut() {
        return content.isPresent() && size > CONTENT_LIMIT;
    }

    /** Returns whether anything is there; a link counts, wherever it leads. */
    public boolean exists() {
        return !type.isEmpty();
    }

    /** Returns the file as a failure message shows it. */
    @Override
    public String toString() {
        return exists()
                ? path + ": " + type + " " + mode + " " + owner + ":" + group + ", " + size + " bytes"
                        + (target.isEmpty() ? "" : ", leads to " + target)
                : path + ": nothing there";
    }
}
