package me.wingu.boma.harness.nftables.kernel;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files that live for one command; each is named after our process, so that those of a killed one can be told. */
final class TemporaryFiles {

    private static final String PREFIX = "boma-nft-";
    private static final Pattern NAME = Pattern.compile("boma-nft-(\\d+)-.*");

    private TemporaryFiles() {}

    static Path create(String suffix) throws IOException {
        return Files.createTempFile(PREFIX + ProcessHandle.current().pid() + "-", suffix);
    }

    /** Deletes what processes left that are no more; what belongs to somebody else stays. */
    static void sweep() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of(System.getProperty("java.io.tmpdir")), PREFIX + "*")) {
            for (Path file : files) {
                Matcher name = NAME.matcher(file.getFileName().toString());
                boolean left = name.matches()
                        && ProcessHandle.of(Long.parseLong(name.group(1))).isEmpty()
                        && Files.getOwner(file).equals(Files.getOwner(Path.of("/proc/self")));
                if (left) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }
}
