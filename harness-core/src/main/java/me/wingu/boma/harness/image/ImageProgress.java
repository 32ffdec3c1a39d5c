package me.wingu.boma.harness.image;

import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Is told how far the making of an image got; called on the thread that asked for the image. */
@API(status = Status.EXPERIMENTAL, since = "0.1")
public interface ImageProgress {

    /** Listens to nothing. */
    ImageProgress SILENT = sentence -> {};

    /**
     * A new stage began, or something is to be known.
     *
     * @param sentence what, for people
     */
    void step(String sentence);

    /**
     * More of a download arrived.
     *
     * @param bytes how much of the file is here, also from an earlier attempt
     * @param totalBytes the file's length
     */
    default void transferred(long bytes, long totalBytes) {}

    /**
     * A tool wrote a line: detail that only a log wants.
     *
     * @param line the line
     */
    default void detail(String line) {}
}
