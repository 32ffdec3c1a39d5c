package me.wingu.boma.harness.checkpoint;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A checkpoint's own description on disk, with a digest of itself and of every file beside it.
 *
 * @param schema the version of this shape
 * @param checkpoint the checkpoint
 * @param files the digests of the files beside it, by name
 * @param digest the digest of all that
 */
record SavedFile(int schema, Checkpoint checkpoint, Map<String, String> files, String digest) {

    static final String NAME = "checkpoint.json";

    private static final int SCHEMA = 2;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What a reader finds wrong with a checkpoint. */
    static final class Damaged extends Exception {

        private static final long serialVersionUID = 1L;

        Damaged(String message) {
            super(message);
        }
    }

    /** Describes a checkpoint and the files beside it. */
    static String describe(Checkpoint checkpoint, Map<String, byte[]> files) {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((name, content) -> digests.put(name, Digests.hex(content)));
        return JSON.writeValueAsString(
                new SavedFile(SCHEMA, checkpoint, digests, digest(SCHEMA, checkpoint, digests)));
    }

    /** Reads the checkpoint in a directory. */
    static Checkpoint read(Path directory) throws Damaged {
        SavedFile saved;
        try {
            saved = JSON.readValue(StoreFiles.read(directory.resolve(NAME)), SavedFile.class);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw new Damaged("its description cannot be read");
        }
        if (saved.schema != SCHEMA) {
            throw new Damaged("its description is of another version of this harness");
        }
        if (!saved.digest.equals(digest(saved.schema, saved.checkpoint, saved.files))) {
            throw new Damaged("its description was changed");
        }
        if (!saved.checkpoint.id().equals(directory.getFileName().toString())) {
            throw new Damaged("it lies in another one's place");
        }
        return saved.checkpoint;
    }

    /** Checks the files beside the description. */
    static void checkFiles(Path directory) throws Damaged {
        SavedFile saved = JSON.readValue(StoreFiles.read(directory.resolve(NAME)), SavedFile.class);
        for (Map.Entry<String, String> file : saved.files.entrySet()) {
            Path path = directory.resolve(file.getKey());
            if (!Files.isRegularFile(path)
                    || !Digests.hex(StoreFiles.bytes(path)).equals(file.getValue())) {
                throw new Damaged("its file " + file.getKey() + " is missing or was changed");
            }
        }
    }

    private static String digest(int schema, Checkpoint checkpoint, Map<String, String> files) {
        String text = JSON.writeValueAsString(new SavedFile(schema, checkpoint, new TreeMap<>(files), ""));
        return Digests.hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
