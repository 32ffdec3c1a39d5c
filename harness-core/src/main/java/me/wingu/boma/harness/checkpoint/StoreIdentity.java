package me.wingu.boma.harness.checkpoint;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;

/**
 * What tells one store from another, whose volumes lie in the same pool, and the key of its digests of secrets.
 *
 * @param id eight hexadecimal digits
 * @param secret a key of 256 bits, in hexadecimal
 */
record StoreIdentity(String id, String secret) {

    private static final int ID_BYTES = 4;
    private static final int SECRET_BYTES = 32;

    /** Reads a store's identity, or gives it one; to be called by one process at a time. */
    static StoreIdentity of(Path file) {
        List<String> lines = StoreFiles.read(file).lines().toList();
        if (lines.size() == 2 && lines.get(0).matches("[0-9a-f]{8}") && lines.get(1).matches("[0-9a-f]{64}")) {
            return new StoreIdentity(lines.get(0), lines.get(1));
        }
        StoreIdentity fresh = new StoreIdentity(random(ID_BYTES), random(SECRET_BYTES));
        StoreFiles.write(file, fresh.id + "\n" + fresh.secret + "\n");
        return fresh;
    }

    static String random(int bytes) {
        byte[] random = new byte[bytes];
        new SecureRandom().nextBytes(random);
        return HexFormat.of().formatHex(random);
    }
}
