package io.waypost.message.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Gathers the text of all inline parts of one kind, up to a limit of decoded bytes for all of them. */
final class TextParts {

    private final int limit;
    private final Set<Defect> defects;
    private int used;
    private @Nullable StringBuilder text;

    TextParts(int limit, Set<Defect> defects) {
        this.limit = limit;
        this.defects = defects;
    }

    void read(BodyBytes body, @Nullable String charset) throws IOException {
        Kept kept = new Kept();
        body.transferTo((bytes, length) -> {
            int room = Math.min(length, limit - used);
            if (room < length) {
                defects.add(Defect.TEXT_LIMIT);
                kept.cut = true;
            }
            kept.write(bytes, 0, room);
            used += room;
        });
        String part = Charsets.decode(kept.bytes(), kept.length(charset), charset, defects);
        if (text == null) {
            text = new StringBuilder(part);
        } else {
            text.append('\n').append(part);
        }
    }

    @Nullable
    String result() {
        return text == null ? null : text.toString();
    }

    // Its array is read without a copy.
    private static final class Kept extends ByteArrayOutputStream {
        private boolean cut;

        byte[] bytes() {
            return buf;
        }

        // A character cut in the middle by our own limit is not the sender's fault: leave its bytes out.
        int length(@Nullable String charset) {
            if (!cut || (charset != null && !charset.equalsIgnoreCase("utf-8"))) {
                return count;
            }
            int end = count;
            while (end > 0 && end > count - 4 && (buf[end - 1] & 0xc0) == 0x80) {
                end--;
            }
            return end > 0 && (buf[end - 1] & 0xc0) == 0xc0 ? end - 1 : count;
        }
    }
}
