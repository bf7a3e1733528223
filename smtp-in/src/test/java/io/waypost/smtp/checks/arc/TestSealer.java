package io.waypost.smtp.checks.arc;

import io.waypost.message.dkim.Canonicalization;
import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.smtp.checks.signature.MessageSignature;
import io.waypost.smtp.checks.signature.SignatureField;
import io.waypost.smtp.checks.signature.SignedFields;
import io.waypost.smtp.checks.signature.TestKey;
import io.waypost.smtp.checks.signature.TestMail;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Adds sets of ARC, rightly unless told otherwise (RFC 8617 5.1). */
public final class TestSealer {

    private static final Pattern INSTANCE = Pattern.compile("(?s).*?\\bi\\s*=\\s*(\\d+).*");

    private final int instance;
    private final SignatureField message;
    private final SignatureField seal;
    private String results;
    private boolean alone;

    private TestSealer(int instance, TestKey key) {
        this.instance = instance;
        this.results = "i=" + instance + "; mx.example.com; spf=pass smtp.mailfrom=example.net";
        this.message = new SignatureField("ARC-Message-Signature", key)
                .tag("i", "" + instance)
                .tag("a", key.algorithm().toString())
                .tag("c", "relaxed/relaxed")
                .tag("d", key.domain())
                .tag("s", key.selector())
                .tag("h", "from:to:subject:date:message-id");
        this.seal = new SignatureField("ARC-Seal", key)
                .tag("i", "" + instance)
                .tag("a", key.algorithm().toString())
                .tag("cv", instance == 1 ? "none" : "pass")
                .tag("d", key.domain())
                .tag("s", key.selector());
    }

    public static TestSealer of(int instance) {
        return of(instance, TestKey.RSA);
    }

    public static TestSealer of(int instance, TestKey key) {
        return new TestSealer(instance, key);
    }

    public TestSealer message(Consumer<SignatureField> change) {
        change.accept(message);
        return this;
    }

    public TestSealer seal(Consumer<SignatureField> change) {
        change.accept(seal);
        return this;
    }

    public TestSealer results(String value) {
        results = value;
        return this;
    }

    /** The seal signs its own set only, as for a broken chain (RFC 8617 5.1.2). */
    public TestSealer alone() {
        alone = true;
        return this;
    }

    /** The mail with the set on top. */
    public TestMail on(TestMail mail) {
        TestMail signed = signed(mail.with("ARC-Authentication-Results: " + results + "\r\n"), mail);
        return signed.with(seal.signed(own -> sealed(signed.header(), own)));
    }

    private TestMail signed(TestMail mail, TestMail original) {
        String[] forms = message.get("c", "simple/simple").split("/");
        Canonicalization headerForm = form(forms[0]);
        if (message.get("bh", "").isEmpty() && !message.get("n", "").equals("no bh")) {
            message.bodyHash(form(forms.length > 1 ? forms[1] : "simple"), original);
        }
        List<String> names = List.of(message.get("h", "from")
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s", "")
                .split(":", -1));
        SignedFields fields = new SignedFields(original.header());
        return mail.with(message.signed(own -> {
            try {
                return fields.signedOctets(names, headerForm, own);
            } catch (MalformedException e) {
                return own;
            }
        }));
    }

    /** Written apart from the code under test: by instance, results, message signature, seal (RFC 8617 5.1.1). */
    private byte[] sealed(HeaderBlock header, byte[] own) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = alone ? instance : 1; i <= instance; i++) {
            for (String name : List.of("ARC-Authentication-Results", MessageSignature.ARC_FIELD, "ARC-Seal")) {
                if (i < instance || !name.equals("ARC-Seal")) {
                    find(header, name, i)
                            .ifPresent(field -> out.writeBytes(Canonicalization.RELAXED.field(header.bytes(field))));
                }
            }
        }
        byte[] canonical = Canonicalization.RELAXED.field(own);
        out.write(canonical, 0, canonical.length - 2);
        return out.toByteArray();
    }

    private Optional<Field> find(HeaderBlock header, String name, int wanted) {
        return header.fields(name).stream()
                // The set that is being made stands on top.
                .filter(field -> wanted == instance || instance(field.value()) == wanted)
                .findFirst();
    }

    private static int instance(String value) {
        Matcher matcher = INSTANCE.matcher(value);
        return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
    }

    private static Canonicalization form(String word) {
        return word.equals("relaxed") ? Canonicalization.RELAXED : Canonicalization.SIMPLE;
    }
}
