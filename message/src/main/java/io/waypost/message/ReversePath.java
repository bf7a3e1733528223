package io.waypost.message;

/** Where a notice of non-delivery goes: an address, or the null path {@code <>} that must never be answered (RFC 5321 4.5.5). */
public sealed interface ReversePath {

    /** The null reverse-path. */
    ReversePath NULL = new Null();

    /** {@code <>}: this mail is itself a notice; nothing may be sent in return. */
    record Null() implements ReversePath {
        @Override
        public String toString() {
            return "";
        }
    }

    /** An address that may be answered. */
    record Of(EmailAddress address) implements ReversePath {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    static ReversePath of(EmailAddress address) {
        return new Of(address);
    }

    /** The inverse of {@link #toString()}: an empty text is the null path. */
    static ReversePath parse(String text) {
        return text.isEmpty() ? NULL : new Of(EmailAddress.of(text));
    }
}
