package io.waypost.api.identity.policy;

import io.waypost.config.CidrBlock;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.function.IntPredicate;

/** How a value of a request is compared with one of a policy. */
enum Comparison {
    EQUAL,
    EQUAL_IN_ANY_CASE,
    LIKE,
    WITHIN,
    TRUE_OR_FALSE,
    ABSENT,
    NUMBER_EQUAL,
    NUMBER_LESS,
    NUMBER_AT_MOST,
    NUMBER_MORE,
    NUMBER_AT_LEAST,
    DATE_EQUAL,
    DATE_BEFORE,
    DATE_NOT_AFTER,
    DATE_AFTER,
    DATE_NOT_BEFORE;

    private static final int LONGEST_NUMBER = 40;

    /**
     * Whether a value of a request is as a policy wants it.
     *
     * @throws IllegalArgumentException when one of them is no value of this kind
     */
    boolean holds(String wanted, String has) {
        return switch (this) {
            case EQUAL -> wanted.equals(has);
            case EQUAL_IN_ANY_CASE, TRUE_OR_FALSE -> wanted.equalsIgnoreCase(has);
            case LIKE -> Glob.matches(wanted, has);
            case WITHIN -> CidrBlock.of(wanted).contains(InetAddress.ofLiteral(has));
            // What is compared is there.
            case ABSENT -> wanted.equalsIgnoreCase("false");
            case NUMBER_EQUAL -> number(wanted, has, it -> it == 0);
            case NUMBER_LESS -> number(wanted, has, it -> it < 0);
            case NUMBER_AT_MOST -> number(wanted, has, it -> it <= 0);
            case NUMBER_MORE -> number(wanted, has, it -> it > 0);
            case NUMBER_AT_LEAST -> number(wanted, has, it -> it >= 0);
            case DATE_EQUAL -> date(wanted, has, it -> it == 0);
            case DATE_BEFORE -> date(wanted, has, it -> it < 0);
            case DATE_NOT_AFTER -> date(wanted, has, it -> it <= 0);
            case DATE_AFTER -> date(wanted, has, it -> it > 0);
            case DATE_NOT_BEFORE -> date(wanted, has, it -> it >= 0);
        };
    }

    /** @throws IllegalArgumentException when a policy cannot want this */
    void check(String wanted) {
        switch (this) {
            case EQUAL, EQUAL_IN_ANY_CASE, LIKE -> {}
            case TRUE_OR_FALSE, ABSENT -> {
                if (!wanted.equalsIgnoreCase("true") && !wanted.equalsIgnoreCase("false")) {
                    throw new IllegalArgumentException("neither true nor false: " + wanted);
                }
            }
            case WITHIN -> CidrBlock.of(wanted);
            case NUMBER_EQUAL, NUMBER_LESS, NUMBER_AT_MOST, NUMBER_MORE, NUMBER_AT_LEAST -> number(wanted);
            case DATE_EQUAL, DATE_BEFORE, DATE_NOT_AFTER, DATE_AFTER, DATE_NOT_BEFORE -> moment(wanted);
        }
    }

    private static boolean number(String wanted, String has, IntPredicate is) {
        return is.test(number(has).compareTo(number(wanted)));
    }

    private static BigDecimal number(String text) {
        if (text.length() > LONGEST_NUMBER || !text.matches("-?[0-9]+(\\.[0-9]+)?")) {
            throw new IllegalArgumentException("no number: " + text);
        }
        return new BigDecimal(text);
    }

    private static boolean date(String wanted, String has, IntPredicate is) {
        return is.test(moment(has).compareTo(moment(wanted)));
    }

    // A date, a moment (ISO 8601), or seconds since 1970.
    private static Instant moment(String text) {
        try {
            if (text.matches("[0-9]{1,11}")) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            }
            return text.indexOf('T') < 0
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("no date: " + text, e);
        }
    }
}
