package me.wingu.boma.harness.apply;

import java.time.Duration;
import java.util.List;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/**
 * How a playbook is to be applied.
 *
 * @param tags only tasks with one of these tags; empty for all tasks
 * @param converge whether to apply a second time, which must change nothing
 * @param deadline how long one application may take
 */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public record ApplyOptions(List<String> tags, boolean converge, Duration deadline) {

    /** Copies the tags. */
    public ApplyOptions {
        tags = List.copyOf(tags);
    }

    /** Returns options for the whole playbook, once. */
    public static ApplyOptions whole(Duration deadline) {
        return new ApplyOptions(List.of(), false, deadline);
    }

    /** Returns the same options with a second application that must change nothing. */
    public ApplyOptions converging() {
        return new ApplyOptions(tags, true, deadline);
    }
}
