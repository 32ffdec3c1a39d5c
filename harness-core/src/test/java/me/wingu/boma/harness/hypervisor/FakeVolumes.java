package me.wingu.boma.harness.hypervisor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/** A storage pool in memory. */
public final class FakeVolumes implements VolumeStore {

    private final Map<String, byte[]> contents = new ConcurrentSkipListMap<>();
    private final Map<String, String> backings = new ConcurrentSkipListMap<>();
    private long availableBytes = 100L << 30;

    /** Adds a text to a volume, making it when it is not there. */
    public void append(String name, String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        byte[] before = contents.getOrDefault(name, new byte[0]);
        byte[] after = Arrays.copyOf(before, before.length + more.length);
        System.arraycopy(more, 0, after, before.length, more.length);
        contents.put(name, after);
    }

    /** Leaves the pool that much space. */
    public void leave(long bytes) {
        availableBytes = bytes;
    }

    @Override
    public List<String> names() {
        return List.copyOf(contents.keySet());
    }

    @Override
    public boolean holds(String name, long sizeBytes) {
        return contents.containsKey(name) && contents.get(name).length == sizeBytes;
    }

    @Override
    public void upload(String name, Path file) {
        try {
            contents.put(name, Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void createOverlay(String name, String backing, long capacityBytes) {
        append(name, backing);
        backings.put(name, backing);
    }

    @Override
    public Optional<String> backing(String name) {
        return Optional.ofNullable(backings.get(name));
    }

    @Override
    public void createText(String name, byte[] start) {
        contents.put(name, start);
    }

    /** Makes a volume of a length, replacing one of that name. */
    public void create(String name, int bytes) {
        createText(name, new byte[bytes]);
    }

    @Override
    public OptionalLong length(String name) {
        return contents.containsKey(name) ? OptionalLong.of(contents.get(name).length) : OptionalLong.empty();
    }

    @Override
    public byte[] read(String name, long offset) {
        byte[] all = contents.getOrDefault(name, new byte[0]);
        return Arrays.copyOfRange(all, (int) Math.min(offset, all.length), all.length);
    }

    @Override
    public void delete(String name) {
        contents.remove(name);
        backings.remove(name);
    }

    @Override
    public long availableBytes() {
        return availableBytes;
    }
}
