package io.waypost.actions.fields;

import io.waypost.message.EmailAddress;
import java.util.regex.Pattern;

/** An address that an operator writes: without display name, brackets and quoting, in ASCII or UTF-8. */
public final class AddressField {

    private static final Pattern FORM = Pattern.compile(
            "[^\\p{Cntrl}\\p{IsWhite_Space}\"\\\\(),:;<>@\\[\\]]{1,64}@[\\p{L}\\p{N}\\p{M}]([\\p{L}\\p{N}\\p{M}.-]{0,253}[\\p{L}\\p{N}\\p{M}])?");

    private AddressField() {}

    /**
     * Reads {@code user@domain}.
     *
     * @throws IllegalArgumentException with what would be right
     */
    public static EmailAddress of(String text) {
        if (!FORM.matcher(text).matches() || text.contains("..")) {
            throw new IllegalArgumentException(
                    "'" + text + "' is not an address; write user@domain, nothing around it");
        }
        return EmailAddress.of(text);
    }
}
