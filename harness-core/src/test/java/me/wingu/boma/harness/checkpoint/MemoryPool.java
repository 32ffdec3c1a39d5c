package me.wingu.boma.harness.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import me.wingu.boma.harness.hypervisor.VolumeStore;

/** The volumes of a pool by their lengths, which is all that a store asks of them. */
final class MemoryPool implements VolumeStore {

    private final Map<String, Long> lengths = new TreeMap<>();

    void put(String name, long bytes) {
        lengths.put(name, bytes);
    }

    @Override
    public List<String> names() {
        return List.copyOf(lengths.keySet());
    }

    @Override
    public boolean holds(String name, long sizeBytes) {
        return length(name).equals(OptionalLong.of(sizeBytes));
    }

    @Override
    public OptionalLong length(String name) {
        return lengths.containsKey(name) ? OptionalLong.of(lengths.get(name)) : OptionalLong.empty();
    }

    @Override
    public Optional<String> backing(String name) {
        return Optional.empty();
    }

    @Override
    public void upload(String name, Path file) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createOverlay(String name, String backing, long capacityBytes) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void createText(String name, byte[] start) {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] read(String name, long offset) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(String name) {
        lengths.remove(name);
    }

    @Override
    public long availableBytes() {
        return Long.MAX_VALUE;
    }
}
