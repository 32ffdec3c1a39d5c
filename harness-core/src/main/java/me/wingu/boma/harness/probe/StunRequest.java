package me.wingu.boma.harness.probe;

import java.nio.ByteBuffer;
import java.security.SecureRandom;

/**
 * A STUN binding request without attributes (RFC 8489, section 5).
 *
 * @param transaction the transaction id, twelve bytes
 */
record StunRequest(ByteBuffer transaction) {

    static final int HEADER_LENGTH = 20;
    static final int TRANSACTION_LENGTH = 12;
    static final int MAGIC_COOKIE = 0x2112A442;
    private static final short BINDING_REQUEST = 0x0001;

    static StunRequest random() {
        byte[] transaction = new byte[TRANSACTION_LENGTH];
        new SecureRandom().nextBytes(transaction);
        return new StunRequest(ByteBuffer.wrap(transaction).asReadOnlyBuffer());
    }

    ByteBuffer datagram() {
        return ByteBuffer.allocate(HEADER_LENGTH)
                .putShort(BINDING_REQUEST)
                .putShort((short) 0)
                .putInt(MAGIC_COOKIE)
                .put(transaction.duplicate())
                .flip();
    }
}
