package io.waypost.smtp.checks.arc;

import io.waypost.smtp.checks.signature.Claim;
import io.waypost.smtp.checks.signature.MessageSignature;
import io.waypost.smtp.checks.signature.TagList;
import io.waypost.smtp.checks.signature.Text;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.Locale;

/** What an ARC-Seal says (RFC 8617 4.1.3). */
record Seal(int instance, Chain chain, Claim claim) {

    /** What the sealer found ({@code cv=}). */
    enum Chain {
        NONE,
        PASS,
        FAIL
    }

    static Seal of(TagList tags) throws MalformedException {
        int instance = MessageSignature.instance(tags);
        if (tags.has("h")) {
            throw new MalformedException("an ARC-Seal must not have h=");
        }
        String chain = tags.required("cv");
        return new Seal(instance, chain(chain), Claim.of(tags));
    }

    private static Chain chain(String word) throws MalformedException {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "none" -> Chain.NONE;
            case "pass" -> Chain.PASS;
            case "fail" -> Chain.FAIL;
            default -> throw new MalformedException("unknown cv= " + Text.quoted(word));
        };
    }
}
