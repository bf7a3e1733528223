package io.waypost.smtp.checks.signature;

import java.util.List;

/** What DNS says about a signature's key. */
sealed interface KeyAnswer {

    /** At least one. */
    record Keys(List<KeyRecord> records) implements KeyAnswer {
        public Keys {
            records = List.copyOf(records);
        }
    }

    /** There is none that can be read. */
    record None(String reason) implements KeyAnswer {}

    /** Nobody knows, now. */
    record Unknown(String reason) implements KeyAnswer {}
}
