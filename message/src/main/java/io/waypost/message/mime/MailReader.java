package io.waypost.message.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.io.MaxHeaderLengthLimitException;
import org.apache.james.mime4j.io.MaxHeaderLimitException;
import org.apache.james.mime4j.io.MaxLineLimitException;
import org.apache.james.mime4j.stream.DefaultFieldBuilder;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Event;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RecursionMode;

/**
 * Reads messages in one pass, with bounded memory. Whatever the bytes are, reading ends with a result: what could be read and
 * the names of what could not. Only a failure of the source is thrown. Shared by all threads.
 */
public final class MailReader {

    private final ParseLimits limits;
    private final TypeDetector detector;
    private final MimeConfig config;

    public MailReader(ParseLimits limits, TypeDetector detector) {
        this.limits = limits;
        this.detector = detector;
        this.config = config(limits);
    }

    static MimeConfig config(ParseLimits limits) {
        return MimeConfig.custom()
                .setMaxLineLen(limits.headerBytes())
                .setMaxHeaderLen(limits.headerBytes())
                .setMaxHeaderCount(limits.headerFields())
                .setMaxContentLen(-1)
                .build();
    }

    /**
     * Reads the whole message. Where a limit stops it, the rest of the stream is left unread.
     *
     * @throws IOException when the source fails
     */
    public ParsedMail read(InputStream content) throws IOException {
        MailWalk walk = new MailWalk(limits, detector);
        walk(content, walk, EntityState.T_END_OF_STREAM);
        return walk.result();
    }

    /**
     * Reads the header alone.
     *
     * @throws IOException when the source fails
     */
    public MailHeader readHeader(InputStream content) throws IOException {
        MailWalk walk = new MailWalk(limits, TypeDetector.NONE);
        walk(content, walk, EntityState.T_END_HEADER);
        return walk.result().header();
    }

    private void walk(InputStream content, MailWalk walk, EntityState end) throws IOException {
        SourceStream source = new SourceStream(content);
        try {
            MimeTokenStream tokens = new MimeTokenStream(
                    config, new Monitor(walk.defects()), new Fields(limits.headerBytes(), walk.defects()), null);
            // A message inside the message is an attachment, not a part of this one.
            tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
            tokens.parse(source);
            EntityState state = tokens.getState();
            while (state != end && state != EntityState.T_END_OF_STREAM) {
                walk.take(state, tokens);
                state = tokens.next();
            }
        } catch (StoppedException e) {
            walk.defects().add(e.defect);
        } catch (IOException | MimeException | RuntimeException e) {
            // Hostile input may find any exception in a parser; it must not find a way to stop the delivery.
            source.throwFailure();
            walk.defects().add(defect(e));
        }
    }

    private static Defect defect(Throwable fault) {
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case MaxHeaderLimitException e -> {
                    return Defect.HEADERS_LIMIT;
                }
                case MaxHeaderLengthLimitException e -> {
                    return Defect.HEADERS_LIMIT;
                }
                case MaxLineLimitException e -> {
                    return Defect.LINE_LIMIT;
                }
                default -> {}
            }
        }
        return Defect.UNPARSEABLE;
    }

    /** Thrown where a limit ends the reading. */
    static final class StoppedException extends RuntimeException {
        private final transient Defect defect;

        StoppedException(Defect defect) {
            super(defect.word(), null, false, false);
            this.defect = defect;
        }
    }

    // Mime4j calls the empty line of a header without fields broken, too; that is in order (RFC 2046 5.1).
    private static final class Fields extends DefaultFieldBuilder {
        private final Set<Defect> defects;

        Fields(int maxHeaderLength, Set<Defect> defects) {
            super(maxHeaderLength);
            this.defects = defects;
        }

        @Override
        public RawField build() throws MimeException {
            try {
                return super.build();
            } catch (MimeException e) {
                for (byte b : getRaw().toByteArray()) {
                    if (b != '\r' && b != '\n') {
                        defects.add(Defect.HEADER_BROKEN);
                        break;
                    }
                }
                throw e;
            }
        }
    }

    // Mime4j's remarks, as far as they are defects.
    private static final class Monitor extends DecodeMonitor {
        private final Set<Defect> defects;

        Monitor(Set<Defect> defects) {
            this.defects = defects;
        }

        @Override
        public boolean warn(String error, String dropDescription) {
            if (error.equals(Event.MIME_BODY_PREMATURE_END.toString())) {
                defects.add(Defect.BOUNDARY_UNCLOSED);
            }
            return false;
        }

        @Override
        public boolean isListening() {
            return true;
        }
    }
}
