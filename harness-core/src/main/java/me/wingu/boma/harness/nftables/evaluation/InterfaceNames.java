package me.wingu.boma.harness.nftables.evaluation;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Interface names as numbers: 16 bytes padded with zeros, first byte highest. */
final class InterfaceNames {

    private static final int LENGTH = 16;

    private InterfaceNames() {}

    static BigInteger number(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        if (bytes.length >= LENGTH) {
            throw new IllegalArgumentException("no interface has the long name " + name);
        }
        return new BigInteger(1, bytes).shiftLeft(8 * (LENGTH - bytes.length));
    }

    static Optional<String> name(BigInteger number) {
        if (number.signum() == 0) {
            return Optional.empty();
        }
        byte[] bytes = number.toByteArray();
        int start = bytes.length > LENGTH ? bytes.length - LENGTH : 0;
        String padded = new String(bytes, start, bytes.length - start, StandardCharsets.UTF_8);
        int end = padded.indexOf('\0');
        return Optional.of(end < 0 ? padded : padded.substring(0, end));
    }

    static int linkType(String name) {
        return name.equals("lo") ? 772 : name.isEmpty() ? 0 : 1;
    }
}
