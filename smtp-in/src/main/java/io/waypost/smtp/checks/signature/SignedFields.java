package io.waypost.smtp.checks.signature;

import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A header as signatures see it: fields by name, taken from the bottom (RFC 6376 5.4.2). */
public final class SignedFields {

    private final HeaderBlock header;
    private final Map<String, List<Field>> byName = new HashMap<>();

    public SignedFields(HeaderBlock header) {
        this.header = header;
        for (Field field : header.fields()) {
            byName.computeIfAbsent(field.name().toLowerCase(Locale.ROOT), name -> new ArrayList<>())
                    .add(field);
        }
    }

    /** How many fields of a name there are; the name in lower case. */
    public int count(String name) {
        return byName.getOrDefault(name, List.of()).size();
    }

    /**
     * What is signed (RFC 6376 3.7): the named fields, then the signature's own with an empty {@code b=} and without its line end.
     * A name that stands more often than there are fields adds nothing.
     *
     * @param names lower case
     * @param own the raw field of the signature; with a value in {@code b=} or without
     */
    public byte[] signedOctets(List<String> names, Canonicalization form, byte[] own) throws MalformedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(4096);
        Map<String, Integer> taken = new HashMap<>();
        for (String name : names) {
            List<Field> fields = byName.getOrDefault(name, List.of());
            int already = taken.merge(name, 1, Integer::sum) - 1;
            if (already < fields.size()) {
                out.writeBytes(form.field(header.bytes(fields.get(fields.size() - 1 - already))));
            }
        }
        out.writeBytes(withoutSignature(own, form));
        return out.toByteArray();
    }

    /** A signature's canonical field, its {@code b=} emptied of all that stands before the next {@code ;}, without its line end. */
    public static byte[] withoutSignature(byte[] own, Canonicalization form) throws MalformedException {
        TagList.Tag signature = TagList.ofField(own).tag("b").orElseThrow(() -> new MalformedException("no b= tag"));
        byte[] emptied = new byte[own.length - (signature.end() - signature.start())];
        System.arraycopy(own, 0, emptied, 0, signature.start());
        System.arraycopy(own, signature.end(), emptied, signature.start(), own.length - signature.end());
        byte[] canonical = form.field(emptied);
        return Arrays.copyOf(canonical, canonical.length - 2);
    }
}
