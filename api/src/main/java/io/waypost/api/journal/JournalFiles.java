package io.waypost.api.journal;

import io.waypost.config.MailLogSettings;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The file that is written and those put aside, {@code NAME-20261123T080000.000Z-0000.EXT}, whose number is bounded. Used by one
 * thread.
 */
final class JournalFiles implements AutoCloseable {

    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final MailLogSettings settings;
    private final Path folder;
    private final String stem;
    private final String extension;
    private final Clock clock;
    private @Nullable OutputStream out;
    private long size;
    private Instant begun = Instant.EPOCH;

    JournalFiles(MailLogSettings settings, Clock clock) {
        this.settings = settings;
        this.clock = clock;
        Path parent = settings.file().getParent();
        this.folder = parent == null ? Path.of("") : parent;
        String name = String.valueOf(settings.file().getFileName());
        int dot = name.lastIndexOf('.');
        this.stem = dot <= 0 ? name : name.substring(0, dot);
        this.extension = dot <= 0 ? "" : name.substring(dot);
    }

    /** Appends whole lines, to a new file where the old one is full or old. */
    void append(byte[] lines, int length) throws IOException {
        OutputStream open = out == null ? open() : out;
        boolean full = size + length > settings.rotateSize().bytes();
        boolean old = Duration.between(begun, clock.instant()).compareTo(settings.rotateAge()) >= 0;
        if (size > 0 && (full || old)) {
            close();
            putAside();
            open = open();
        }
        open.write(lines, 0, length);
        size += length;
    }

    void flush() throws IOException {
        if (out != null) {
            out.flush();
        }
    }

    @Override
    public void close() throws IOException {
        OutputStream open = out;
        out = null;
        if (open != null) {
            open.close();
        }
    }

    private OutputStream open() throws IOException {
        Files.createDirectories(folder.toAbsolutePath());
        Path file = settings.file();
        OutputStream opened = new BufferedOutputStream(
                Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND), 64 * 1024);
        out = opened;
        BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
        size = attributes.size();
        begun = size == 0 ? clock.instant() : attributes.creationTime().toInstant();
        if (size > 0 && !endsWithLine(file)) {
            // A crash or a full disk left a torn line; what follows must not hang on to it.
            opened.write('\n');
            size++;
        }
        return opened;
    }

    private static boolean endsWithLine(Path file) throws IOException {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            ByteBuffer last = ByteBuffer.allocate(1);
            channel.position(Math.max(0, channel.size() - 1)).read(last);
            return last.get(0) == '\n';
        }
    }

    private void putAside() throws IOException {
        String stamp = STAMP.format(clock.instant());
        int number = 0;
        Path aside = aside(stamp, number);
        while (Files.exists(aside)) {
            aside = aside(stamp, ++number);
        }
        Files.move(settings.file(), aside);
        forgetOldest();
    }

    private Path aside(String stamp, int number) {
        return folder.resolve("%s-%s-%04d%s".formatted(stem, stamp, number, extension));
    }

    private void forgetOldest() throws IOException {
        List<Path> aside = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder.toAbsolutePath(), this::isAside)) {
            files.forEach(aside::add);
        }
        Collections.sort(aside);
        for (Path file : aside.subList(0, Math.max(0, aside.size() - settings.keep()))) {
            Files.deleteIfExists(file);
        }
    }

    private boolean isAside(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.startsWith(stem + "-")
                && name.endsWith(extension)
                && name.substring(stem.length(), name.length() - extension.length())
                        .matches("-\\d{8}T\\d{6}\\.\\d{3}Z-\\d+");
    }
}
