package io.waypost.api.aws.protocol;

import io.waypost.api.aws.model.Shape;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

/** Values that stand as text: those of forms, labels and queries in, and those of XML out. */
public final class TextValue {

    private static final int LONGEST_NUMBER = 40;

    private TextValue() {}

    /**
     * Reads a value of a shape that has no members.
     *
     * @throws RefusedException when the text is none of that type
     */
    public static Object read(Shape shape, String text) throws RefusedException {
        return switch (shape) {
            case Shape.Text any -> text;
            case Shape.Flag flag -> flag(text);
            case Shape.Whole whole -> whole(whole, text);
            case Shape.Decimal decimal -> decimal(text);
            case Shape.Octets octets -> octets(text);
            case Shape.Moment moment -> moment(text);
            case Shape.Structure any -> throw unexpectedText();
            case Shape.Listed any -> throw unexpectedText();
            case Shape.Mapped any -> throw unexpectedText();
        };
    }

    /** The text of such a value. */
    public static String write(Shape shape, Object value) {
        return switch (shape) {
            case Shape.Octets octets -> Base64.getEncoder().encodeToString((byte[]) value);
            case Shape.Moment moment ->
                DateTimeFormatter.ISO_INSTANT.format(((Instant) value).truncatedTo(ChronoUnit.MILLIS));
            default -> value.toString();
        };
    }

    private static Boolean flag(String text) throws RefusedException {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw mistyped("Boolean");
        };
    }

    private static Object whole(Shape.Whole shape, String text) throws RefusedException {
        try {
            if (text.length() > LONGEST_NUMBER || text.startsWith("+")) {
                throw mistyped("Integer");
            }
            return shape.wide() ? (Object) Long.valueOf(text) : (Object) Integer.valueOf(text);
        } catch (NumberFormatException e) {
            throw mistyped(shape.wide() ? "Long" : "Integer");
        }
    }

    private static Double decimal(String text) throws RefusedException {
        // Java's own forms (0x1p3, 1d, NaN) are none of the protocol's.
        if (text.length() > LONGEST_NUMBER || !text.matches("-?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?")) {
            throw mistyped("Double");
        }
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw mistyped("Double");
        }
        return value;
    }

    private static byte[] octets(String text) throws RefusedException {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new RefusedException(Fault.MISTYPED, "A blob is not valid base64");
        }
    }

    private static Instant moment(String text) throws RefusedException {
        try {
            Instant moment = OffsetDateTime.parse(text).toInstant();
            if (Moments.isWritable(moment)) {
                return moment;
            }
        } catch (DateTimeException e) {
            // No date; said below.
        }
        throw new RefusedException(Fault.MISTYPED, "A timestamp is not in the form of ISO 8601");
    }

    private static RefusedException mistyped(String type) {
        return new RefusedException(
                Fault.MISTYPED,
                "STRING_VALUE can not be converted to " + (type.equals("Integer") ? "an " : "a ") + type);
    }

    private static RefusedException unexpectedText() {
        return new RefusedException(Fault.MISTYPED, "Unexpected text where a list, a map or a structure begins");
    }
}
