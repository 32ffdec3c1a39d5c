package me.wingu.boma.harness.hypervisor;

import static me.wingu.boma.harness.hypervisor.LibvirtCalls.ask;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.lookUp;
import static me.wingu.boma.harness.hypervisor.LibvirtCalls.order;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import me.wingu.boma.harness.HarnessException;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;
import org.libvirt.StoragePool;
import org.libvirt.StorageVol;

/** The volumes of one libvirt storage pool. */
final class PoolVolumes implements VolumeStore {

    private static final int CHUNK_BYTES = 256 * 1024;

    private final Connect connection;
    private final StoragePool pool;
    private final String directory;

    PoolVolumes(Connect connection, StoragePool pool) {
        this.connection = connection;
        this.pool = pool;
        this.directory =
                ask("Describing the pool", () -> Xml.select(pool.getXMLDesc(0), "/pool/target/path").get(0));
    }

    @Override
    public List<String> names() {
        return ask("Listing the volumes of the pool", () -> {
            pool.refresh(0);
            return Arrays.stream(pool.listVolumes()).sorted().toList();
        });
    }

    @Override
    public boolean holds(String name, long sizeBytes) {
        return length(name).equals(OptionalLong.of(sizeBytes));
    }

    @Override
    public OptionalLong length(String name) {
        return lookUp("Measuring the volume " + name, of(name, PoolVolumes::physicalSize)).stream()
                .mapToLong(Long::longValue)
                .findFirst();
    }

    /** The file's length on disk; {@code capacity} would be what a qcow2 header claims. */
    private static long physicalSize(StorageVol volume) throws LibvirtException {
        return Xml.select(volume.getXMLDesc(0), "/volume/physical").stream()
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(-1);
    }

    @Override
    public void upload(String name, Path file) {
        delete(name);
        // A volume of format qcow2 starts small whatever its capacity, so that an interrupted copy is recognized by
        // its length; a raw one would have its final length at once.
        create(name, "<capacity unit='bytes'>%d</capacity><target><format type='qcow2'/></target>".formatted(1 << 20));
        try (InputStream in = Files.newInputStream(file)) {
            long length = Files.size(file);
            order("Copying " + file + " into the pool", () -> send(name, in, length));
            ask("Refreshing the pool", () -> {
                pool.refresh(0);
                return 0;
            });
        } catch (IOException e) {
            delete(name);
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Copying " + file + " into the pool failed: it cannot be read.",
                    e.toString(),
                    "check the file and its permissions",
                    e);
        } catch (RuntimeException e) {
            delete(name);
            throw e;
        }
    }

    private void send(String name, InputStream in, long length) throws LibvirtException {
        StorageVol volume = pool.storageVolLookupByName(name);
        org.libvirt.Stream stream = connection.streamNew(0);
        boolean sent = false;
        try {
            volume.upload(stream, 0, length, 0);
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int n = in.read(chunk); n >= 0; n = in.read(chunk)) {
                sendAll(stream, n == chunk.length ? chunk : Arrays.copyOf(chunk, n));
            }
            stream.finish();
            sent = true;
        } catch (IOException e) {
            throw new HarnessException(
                    HarnessException.Kind.MACHINE,
                    "Copying into the volume " + name + " failed: the source cannot be read to its end.",
                    e.toString(),
                    "check the source file",
                    e);
        } finally {
            if (!sent) {
                stream.abort();
            }
            stream.free();
            volume.free();
        }
    }

    private static void sendAll(org.libvirt.Stream stream, byte[] bytes) throws LibvirtException {
        byte[] rest = bytes;
        while (rest.length > 0) {
            int sent = stream.send(rest);
            rest = sent == rest.length ? new byte[0] : Arrays.copyOfRange(rest, sent, rest.length);
        }
    }

    @Override
    public void createOverlay(String name, String backing, long capacityBytes) {
        String path = ask("Looking for the volume " + backing, of(backing, volume -> volume.getPath()));
        create(
                name,
                """
                <capacity unit='bytes'>%d</capacity>
                <target><format type='qcow2'/></target>
                <backingStore><path>%s</path><format type='qcow2'/></backingStore>"""
                        .formatted(capacityBytes, Xml.escape(path)));
    }

    @Override
    public Optional<String> backing(String name) {
        return ask(
                        "Describing the volume " + name,
                        of(name, volume -> Xml.select(volume.getXMLDesc(0), "/volume/backingStore/path")))
                .stream()
                .map(path -> path.substring(path.lastIndexOf('/') + 1))
                .findFirst();
    }

    @Override
    public void createText(String name, byte[] start) {
        create(name, "<capacity unit='bytes'>%d</capacity><target><format type='raw'/></target>".formatted(start.length));
        if (start.length > 0) {
            order("Writing the volume " + name, () -> send(name, new ByteArrayInputStream(start), start.length));
        }
    }

    private void create(String name, String body) {
        order("Creating the volume " + name, () -> pool.storageVolCreateXML(
                        "<volume><name>%s</name>%s</volume>".formatted(Xml.escape(name), body), 0)
                .free());
    }

    @Override
    public byte[] read(String name, long offset) {
        return lookUp("Reading the volume " + name, of(name, volume -> receive(volume, offset)))
                .orElse(new byte[0]);
    }

    private byte[] receive(StorageVol volume, long offset) throws LibvirtException {
        org.libvirt.Stream stream = connection.streamNew(0);
        try {
            volume.download(stream, offset, 0, 0);
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int n = stream.receive(chunk); n > 0; n = stream.receive(chunk)) {
                out.write(chunk, 0, n);
            }
            stream.finish();
            return out.toByteArray();
        } finally {
            stream.free();
        }
    }

    @Override
    public void delete(String name) {
        lookUp("Looking for the volume " + name, () -> pool.storageVolLookupByName(name))
                .ifPresent(volume -> order("Deleting the volume " + name, () -> {
                    try {
                        volume.delete(0);
                    } finally {
                        volume.free();
                    }
                }));
    }

    @Override
    public long availableBytes() {
        return ask("Measuring the pool", () -> pool.getInfo().available);
    }

    /** Something to ask of a handle that lives no longer than the call. */
    @FunctionalInterface
    private interface Asked<T> {
        T of(StorageVol volume) throws LibvirtException;
    }

    private <T> LibvirtCalls.Question<T> of(String name, Asked<T> asked) {
        return () -> {
            StorageVol volume = pool.storageVolLookupByName(name);
            try {
                return asked.of(volume);
            } finally {
                volume.free();
            }
        };
    }

    /** Returns the directory of the pool on the hypervisor's machine. */
    String directory() {
        return directory;
    }
}
