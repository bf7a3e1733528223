package io.waypost.actions.s3;

import io.waypost.message.MessageContent;
import io.waypost.rules.Action.StoredObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/**
 * Objects as files {@code folder/bucket/key}. A file appears under its key whole and durable or not at all: it is written and synced
 * aside, then renamed, then the folder is synced (docs/adr/0006). The folder belongs to one running server.
 */
public final class FolderObjectStore implements ObjectStore {

    // No bucket can have this name: they begin with a letter or a digit.
    private static final String INCOMING = ".incoming";

    private final Path root;
    private final Path incoming;
    private final FolderNames names;
    private final FileSync sync;
    private final AtomicLong written = new AtomicLong();

    /**
     * Makes the folder and forgets what a crash left half written.
     *
     * @throws IOException when the folder cannot be made or written to: a mistake in the configuration
     */
    public FolderObjectStore(FolderSettings settings) throws IOException, InterruptedException {
        this(settings, new FileSync());
    }

    FolderObjectStore(FolderSettings settings, FileSync sync) throws IOException, InterruptedException {
        this.sync = sync;
        this.root = settings.path().toAbsolutePath().normalize();
        this.incoming = root.resolve(INCOMING);
        this.names = new FolderNames(root, sync);
        try {
            names.make(incoming);
            removeLeftovers();
            if (!Files.isWritable(incoming)) {
                throw new AccessDeniedException(incoming.toString());
            }
        } catch (IOException e) {
            sync.close();
            throw new IOException("the object folder " + root + " cannot be used: " + reason(e), e);
        }
    }

    private static String reason(IOException e) {
        return switch (e) {
            case FileAlreadyExistsException exists -> exists.getFile() + " is there and is not a folder";
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            default -> String.valueOf(e.getMessage());
        };
    }

    private void removeLeftovers() throws IOException {
        try (Stream<Path> leftovers = Files.list(incoming)) {
            for (Path leftover : (Iterable<Path>) leftovers::iterator) {
                Files.delete(leftover);
            }
        }
    }

    @Override
    public String put(StoredObject object, MessageContent content, Encryption encryption)
            throws IOException, InterruptedException {
        if (!encryption.equals(Encryption.BUCKET_DEFAULT)) {
            throw new ObjectStoreException("a folder does not encrypt; configure objects.s3");
        }
        Path target = place(object);
        Path folder = Objects.requireNonNull(target.getParent());
        Path aside = incoming.resolve(Long.toString(written.incrementAndGet()));
        try {
            names.make(incoming);
            names.make(folder);
            write(content, aside);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            sync.names(folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            if (e instanceof NoSuchFileException) {
                // Somebody removed a folder while we run.
                names.forget();
            }
            Files.deleteIfExists(aside);
            throw e;
        }
        return content.size() + " bytes";
    }

    private Path place(StoredObject object) throws ObjectStoreException {
        try {
            ObjectNames.bucket(object.bucket());
            ObjectNames.key(object.key());
        } catch (IllegalArgumentException e) {
            throw new ObjectStoreException(String.valueOf(e.getMessage()));
        }
        Path place = root.resolve(object.bucket());
        for (String segment : object.key().split("/")) {
            place = place.resolve(segment);
        }
        return place;
    }

    private void write(MessageContent content, Path aside) throws IOException {
        try (FileChannel file = FileChannel.open(aside, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            content.transferTo(file);
            if (file.size() != content.size()) {
                throw new IOException("the message has " + content.size() + " bytes, " + file.size() + " came");
            }
            sync.file(file);
        }
    }

    @Override
    public boolean encrypts() {
        return false;
    }

    /** Many, because those who wait together share their syncs. */
    @Override
    public int concurrency() {
        return 64;
    }

    @Override
    public void close() {
        sync.close();
    }
}
