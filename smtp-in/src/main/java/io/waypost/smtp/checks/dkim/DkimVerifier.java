package io.waypost.smtp.checks.dkim;

import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.message.port.Dns;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.KeyLookup;
import io.waypost.smtp.checks.signature.MessageSignature;
import io.waypost.smtp.checks.signature.Outcome;
import io.waypost.smtp.checks.signature.Result;
import io.waypost.smtp.checks.signature.SignatureCheck;
import io.waypost.smtp.checks.signature.TagList;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Verifies DKIM signatures (RFC 6376). Safe for all threads. */
public final class DkimVerifier {

    private final InstantSource clock;

    /** @param clock by which signatures expire */
    public DkimVerifier(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * Judges each signature from the top, up to {@link BodyHashes#MOST_SIGNATURES}; all that lie below are one result {@code policy}.
     * Blocks as long as {@code dns} does, one question for each different key. Never throws because of what a mail or DNS says.
     *
     * @param bodies made from the same header, and finished
     * @return no result when there is no signature
     */
    public List<DkimResult> verify(HeaderBlock header, BodyHashes bodies, Dns dns) {
        List<Field> signatures = header.fields(MessageSignature.DKIM_FIELD);
        if (signatures.isEmpty()) {
            return List.of();
        }
        SignatureCheck check = new SignatureCheck(header, bodies, new KeyLookup(dns), clock.instant());
        List<DkimResult> results = new ArrayList<>();
        for (Field field : signatures.subList(0, Math.min(signatures.size(), BodyHashes.MOST_SIGNATURES))) {
            results.add(verify(header, field, check));
        }
        int beyond = signatures.size() - BodyHashes.MOST_SIGNATURES;
        if (beyond > 0) {
            results.add(unread(Result.POLICY, beyond + " more signatures were not looked at"));
        }
        return List.copyOf(results);
    }

    private static DkimResult verify(HeaderBlock header, Field field, SignatureCheck check) {
        TagList tags;
        try {
            tags = TagList.ofField(header.bytes(field));
        } catch (MalformedException e) {
            return unread(Result.PERMERROR, e.reason());
        }
        try {
            MessageSignature signature = MessageSignature.ofDkim(tags);
            return Labels.of(tags).result(check.message(signature, field));
        } catch (MalformedException e) {
            return Labels.of(tags).result(new Outcome(Result.PERMERROR, e.reason()));
        }
    }

    private static DkimResult unread(Result result, String reason) {
        return new DkimResult(result, "", "", Optional.empty(), Optional.empty(), "", reason);
    }
}
