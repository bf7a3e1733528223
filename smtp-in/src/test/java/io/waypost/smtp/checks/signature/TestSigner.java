package io.waypost.smtp.checks.signature;

import io.waypost.message.dkim.Canonicalization;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** Signs mails with DKIM, rightly unless told otherwise. */
public final class TestSigner {

    private final SignatureField field;
    private boolean hashed = true;

    private TestSigner(TestKey key) {
        field = new SignatureField(MessageSignature.DKIM_FIELD, key)
                .tag("v", "1")
                .tag("a", key.algorithm().toString())
                .tag("c", "relaxed/relaxed")
                .tag("d", key.domain())
                .tag("s", key.selector())
                .tag("h", "from:to:subject:date:message-id");
    }

    public static TestSigner with(TestKey key) {
        return new TestSigner(key);
    }

    public static TestSigner rsa() {
        return with(TestKey.RSA);
    }

    public TestSigner tag(String name, String value) {
        field.tag(name, value);
        return this;
    }

    public TestSigner without(String name) {
        field.without(name);
        hashed &= !name.equals("bh");
        return this;
    }

    public TestSigner shape(Consumer<SignatureField> change) {
        change.accept(field);
        return this;
    }

    /** The mail with the signature on top. */
    public TestMail sign(TestMail mail) {
        String[] forms =
                field.get("c", "simple/simple").toLowerCase(Locale.ROOT).split("/");
        if (hashed && field.get("bh", "").isEmpty()) {
            field.tag(
                    "bh",
                    SignatureField.bodyHash(
                            form(forms.length > 1 ? forms[1] : "simple"), TestMail.octets(mail.body()), length()));
        }
        List<String> names = Text.list(field.get("h", "from").toLowerCase(Locale.ROOT));
        SignedFields fields = new SignedFields(mail.header());
        return mail.with(field.signed(own -> {
            try {
                return fields.signedOctets(names, form(forms[0]), own);
            } catch (MalformedException e) {
                return own;
            }
        }));
    }

    private long length() {
        String length = field.get("l", "");
        return MessageSignature.isDigits(length) && length.length() < 19 ? Long.parseLong(length) : Long.MAX_VALUE;
    }

    private static Canonicalization form(String word) {
        return word.equals("relaxed") ? Canonicalization.RELAXED : Canonicalization.SIMPLE;
    }
}
