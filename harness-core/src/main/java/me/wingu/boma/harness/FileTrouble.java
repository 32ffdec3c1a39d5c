package me.wingu.boma.harness;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.apiguardian.api.API;
import org.apiguardian.api.API.Status;

/** Why a file could not be read or written, in words for people: Java's own are often the file's name once more. */
@API(status = Status.INTERNAL, since = "0.1")
public final class FileTrouble {

    private FileTrouble() {}

    /**
     * Returns the reason without the name of the file, such as {@code "it is not there"}; for what is not known here,
     * what the exception says.
     *
     * @param trouble what reading or writing the file ended with
     */
    public static String reason(IOException trouble) {
        if (trouble instanceof NoSuchFileException) {
            return "it is not there";
        }
        if (trouble instanceof AccessDeniedException) {
            return "this account may not use it";
        }
        if (trouble instanceof CharacterCodingException) {
            return "it is not text in UTF-8";
        }
        if (trouble instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return trouble.getMessage() == null ? trouble.toString() : trouble.getMessage();
    }
}
