package io.waypost.api.secret;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The key that all sealed secrets depend on: 32 random bytes in base64, in a file that only its owner reads. It is made when the
 * first secret is sealed, never replaced, and read once. All threads; several processes may make it at the same moment.
 */
final class MasterKey {

    private static final int BYTES = 32;
    private static final int LONGEST_FILE = 1024;

    private final Path file;
    private final SecureRandom random;
    private final SealedBefore before;
    private @Nullable Known known;

    /**
     * The key as it was read.
     *
     * @param id says which key it is, and nothing about its bytes
     */
    record Known(SecretKey key, String id) {

        @Override
        public String toString() {
            return "master key " + id;
        }
    }

    MasterKey(Path file, SecureRandom random, SealedBefore before) {
        this.file = file;
        this.random = random;
        this.before = before;
    }

    Path file() {
        return file;
    }

    /** The key for sealing; makes the file when there is none. */
    synchronized Known made() throws IOException {
        if (known == null && Files.notExists(file)) {
            OnceFile.make(file, this::fresh);
        }
        return there();
    }

    /**
     * The key for opening.
     *
     * @throws SealingException when its file is missing or holds something else
     */
    synchronized Known there() throws IOException {
        if (known == null) {
            known = read();
        }
        return known;
    }

    private Known read() throws IOException {
        if (Files.notExists(file)) {
            throw new SealingException(
                    "the master key " + file
                            + " is missing; secrets that were sealed with it cannot be opened: bring the file back from a backup");
        }
        byte[] bytes;
        try {
            if (Files.size(file) > LONGEST_FILE) {
                throw new IllegalArgumentException("too long");
            }
            bytes = Base64.getDecoder()
                    .decode(Files.readString(file, StandardCharsets.ISO_8859_1).strip());
        } catch (FileSystemException e) {
            throw new SealingException("the master key " + file + " cannot be read: " + e.getReason(), e);
        } catch (IllegalArgumentException e) {
            throw unreadable();
        }
        if (bytes.length != BYTES) {
            throw unreadable();
        }
        Known read = new Known(new SecretKeySpec(bytes, "AES"), id(bytes));
        Arrays.fill(bytes, (byte) 0);
        return read;
    }

    // Without the cause, which would repeat what stands in the file.
    private SealingException unreadable() {
        return new SealingException("the master key " + file + " is not the base64 of " + BYTES
                + " bytes: bring the file back from a backup");
    }

    private static String id(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("waypost master key id".getBytes(StandardCharsets.US_ASCII));
            return HexFormat.of().formatHex(digest.digest(key), 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private Optional<String> sealedBefore() throws IOException {
        Path folder = file.resolveSibling(".").normalize();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.sealed")) {
                for (Path one : files) {
                    return Optional.of("the file " + one.getFileName() + " beside it");
                }
            }
        }
        return before.example();
    }

    private byte[] fresh() throws IOException {
        Optional<String> sealed = sealedBefore();
        if (sealed.isPresent()) {
            throw new SealingException(
                    "the master key %s is missing, and %s was sealed with it: bring the file back from a backup; a new one is made only where nothing is sealed"
                            .formatted(file, sealed.get()));
        }
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        byte[] text = (Base64.getEncoder().encodeToString(bytes) + "\n").getBytes(StandardCharsets.US_ASCII);
        Arrays.fill(bytes, (byte) 0);
        return text;
    }
}
