package io.waypost.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk that fails on demand, and that can lose its power: what was not synced then is lost, kept or torn, as a seed has it.
 * Real files carry the bytes; here is kept what they held at the last sync.
 */
final class UnsafeDisk implements Disk {

    /** Decides before each operation; may throw. */
    interface Trouble {
        void before(String operation, Path file) throws IOException;

        Trouble NONE = (operation, file) -> {};
    }

    private record Unsynced(long position, byte[] before, byte[] after) {}

    private final RealDisk real = new RealDisk();
    private final Map<Path, List<Unsynced>> unsynced = new HashMap<>();
    private final Set<Path> namesNotSynced = new HashSet<>();
    private volatile Trouble trouble = Trouble.NONE;
    private volatile long usable = Long.MAX_VALUE;
    private boolean dead;

    void trouble(Trouble trouble) {
        this.trouble = trouble;
    }

    void usable(long bytes) {
        usable = bytes;
    }

    private synchronized void check(String operation, Path file) throws IOException {
        if (dead) {
            throw new IOException("no power");
        }
        trouble.before(operation, file);
    }

    /** From now on nothing works, and nothing changes any more. */
    synchronized void cutPower() {
        dead = true;
    }

    synchronized boolean isDead() {
        return dead;
    }

    /** Leaves on the real disk what the lost power left. */
    synchronized void loseUnsynced(Random random) throws IOException {
        for (Map.Entry<Path, List<Unsynced>> entry : unsynced.entrySet()) {
            if (Files.exists(entry.getKey())) {
                lose(entry.getKey(), entry.getValue(), random);
            }
        }
        for (Path file : namesNotSynced) {
            if (random.nextBoolean()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private void lose(Path file, List<Unsynced> writes, Random random) throws IOException {
        try (DiskFile target = real.open(file)) {
            // Backwards, so that the bytes before an earlier write win over those before a later one.
            for (int i = writes.size() - 1; i >= 0; i--) {
                target.write(
                        ByteBuffer.wrap(writes.get(i).before()), writes.get(i).position());
            }
            for (Unsynced write : writes) {
                switch (random.nextInt(3)) {
                    case 0 -> target.write(ByteBuffer.wrap(write.after()), write.position());
                    case 1 -> {
                        int torn = random.nextInt(write.after().length + 1);
                        target.write(ByteBuffer.wrap(write.after(), 0, torn), write.position());
                    }
                    default -> {}
                }
            }
        }
    }

    @Override
    public synchronized DiskFile create(Path file) throws IOException {
        check("create", file);
        DiskFile created = real.create(file);
        namesNotSynced.add(file);
        unsynced.remove(file);
        return new UnsafeFile(file, created);
    }

    @Override
    public synchronized DiskFile open(Path file) throws IOException {
        check("open", file);
        return new UnsafeFile(file, real.open(file));
    }

    @Override
    public synchronized void delete(Path file) throws IOException {
        check("delete", file);
        real.delete(file);
        unsynced.remove(file);
        namesNotSynced.remove(file);
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        check("rename", from);
        real.rename(from, to);
        List<Unsynced> writes = unsynced.remove(from);
        if (writes != null) {
            unsynced.put(to, writes);
        }
        namesNotSynced.remove(from);
        namesNotSynced.add(to);
    }

    @Override
    public void syncFolder(Path folder) throws IOException {
        synchronized (this) {
            check("syncFolder", folder);
        }
        real.syncFolder(folder);
        synchronized (this) {
            namesNotSynced.removeIf(file -> folder.equals(file.getParent()));
        }
    }

    @Override
    public long usableBytes(Path folder) throws IOException {
        return Math.min(usable, real.usableBytes(folder));
    }

    private final class UnsafeFile implements DiskFile {
        private final Path path;
        private final DiskFile file;

        UnsafeFile(Path path, DiskFile file) {
            this.path = path;
            this.file = file;
        }

        @Override
        public void write(ByteBuffer bytes, long position) throws IOException {
            synchronized (UnsafeDisk.this) {
                check("write", path);
                byte[] after = new byte[bytes.remaining()];
                bytes.get(bytes.position(), after);
                byte[] before = new byte[after.length];
                ByteBuffer old = ByteBuffer.wrap(before);
                while (old.hasRemaining() && file.read(old, position + old.position()) > 0) {}
                unsynced.computeIfAbsent(path, p -> new ArrayList<>()).add(new Unsynced(position, before, after));
                file.write(bytes, position);
            }
        }

        @Override
        public int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) throws IOException {
            return file.transferTo(position, count, target);
        }

        @Override
        public void force() throws IOException {
            synchronized (UnsafeDisk.this) {
                check("force", path);
                unsynced.remove(path);
            }
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** Cuts the power at this operation, counted from 0. Before, one operation in so many fails; 0 for none. */
    void cutPowerAt(long operation, int oneInSoManyFails, Random random) {
        long[] seen = {0};
        trouble = (name, file) -> {
            if (seen[0]++ == operation) {
                cutPower();
                throw new IOException("the power went at " + name + " of " + file.getFileName());
            }
            if (oneInSoManyFails > 0 && random.nextInt(oneInSoManyFails) == 0) {
                throw new IOException("bad luck at " + name + " of " + file.getFileName());
            }
        };
    }
}
