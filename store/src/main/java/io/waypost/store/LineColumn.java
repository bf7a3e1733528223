package io.waypost.store;

import io.waypost.message.Line;
import java.io.IOException;

/** How a mail's line stands in its row. */
final class LineColumn {

    private LineColumn() {}

    static int number(Line line) {
        return switch (line) {
            case INBOUND -> 0;
            case OUTBOUND -> 1;
            case TOPIC -> 2;
        };
    }

    static Line line(int number) throws IOException {
        return switch (number) {
            case 0 -> Line.INBOUND;
            case 1 -> Line.OUTBOUND;
            case 2 -> Line.TOPIC;
            default ->
                throw new IOException("a stored mail is on line " + number + ", which this version does not know");
        };
    }
}
