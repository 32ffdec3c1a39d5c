package me.wingu.boma.harness.probe;

import java.nio.ByteBuffer;

/** Copies buffers into arrays. */
final class Bytes {

    private Bytes() {}

    static byte[] of(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
