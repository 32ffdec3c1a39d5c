package me.wingu.boma.harness.checkpoint;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import me.wingu.boma.harness.HarnessException;

/** Digests of texts, files and directories, by content, name and mode; never by time. */
final class Digests {

    /** What version control and Python keep for themselves; no playbook reads it. */
    private static final Set<String> PASSED_OVER = Set.of(".git", ".hg", ".svn", "__pycache__");

    private Digests() {}

    static String ofText(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Digests a file, or every file below a directory; links are followed. A directory that cannot be entered counts as
     * such, as a link that leads nowhere does: nobody reads what is there.
     *
     * @return name to digest; the name of a file in a directory is that of the directory, a slash, and its path there
     * @throws HarnessException when a file cannot be read
     */
    static SortedMap<String, String> ofFiles(String name, Path path) {
        SortedMap<String, String> digests = new TreeMap<>();
        if (!Files.exists(path)) {
            digests.put(name, "absent");
            return digests;
        }
        try {
            Files.walkFileTree(path, Set.of(FileVisitOption.FOLLOW_LINKS), Integer.MAX_VALUE, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                    boolean passedOver = !directory.equals(path)
                            && PASSED_OVER.contains(directory.getFileName().toString());
                    return passedOver ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    String entry = file.equals(path) ? name : name + "/" + path.relativize(file);
                    digests.put(entry, attributes.isRegularFile() ? ofFile(file) : "no regular file");
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    digests.put(name + "/" + path.relativize(file), "unreadable: " + e.getClass().getSimpleName());
                    return FileVisitResult.CONTINUE; // a loop of links, or one that leads nowhere
                }
            });
        } catch (IOException e) {
            throw unreadable(path, e);
        }
        return digests;
    }

    private static String ofFile(Path file) {
        try {
            String mode = PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
            return hexOf(file) + " " + mode;
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static HarnessException unreadable(Path path, IOException e) {
        return new HarnessException(
                HarnessException.Kind.USAGE,
                "Reading " + path + ", to tell which saved guests it led to, failed.",
                e.toString(),
                "make it readable for this account, or move it to where no host's site is",
                e);
    }

    /** A role may bring a file that is larger than this program's memory. */
    private static String hexOf(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (OutputStream into = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, into);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
