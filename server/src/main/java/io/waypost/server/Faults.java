package io.waypost.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Faults as a user reads them. */
final class Faults {

    private Faults() {}

    /** One line: the message for faults that are meant for users, the kind as well for those that are not. */
    static String inOneLine(Throwable fault) {
        Throwable cause = fault;
        while (cause.getMessage() == null && cause.getCause() != null) {
            cause = cause.getCause();
        }
        if (cause instanceof FileSystemException file) {
            return file(file);
        }
        String message = text(cause);
        boolean speaksForItself = cause.getClass().getName().startsWith("io.waypost.")
                || cause instanceof IllegalArgumentException
                || cause.getClass() == IOException.class;
        return speaksForItself ? message : cause.getClass().getSimpleName() + ": " + message;
    }

    /** {@code 1 rule}, {@code 1,000 rules}. */
    static String count(long number, String one, String many) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? one : many);
    }

    // The JDK says the path only, and leaves the rest to the exception's name.
    private static String file(FileSystemException fault) {
        return switch (fault) {
            case FileAlreadyExistsException exists -> exists.getFile() + " is there and is not a folder";
            case NoSuchFileException missing -> "there is no " + missing.getFile();
            case AccessDeniedException denied -> "no permission for " + denied.getFile();
            default -> text(fault);
        };
    }

    private static String text(Throwable fault) {
        @Nullable String message = fault.getMessage();
        return message == null ? "no further word" : message.replaceAll("[\\r\\n]+", " ");
    }
}
