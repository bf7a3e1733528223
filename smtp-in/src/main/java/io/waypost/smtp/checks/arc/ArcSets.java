package io.waypost.smtp.checks.arc;

import io.waypost.message.header.HeaderBlock;
import io.waypost.message.header.HeaderBlock.Field;
import io.waypost.smtp.checks.arc.ArcSet.Part;
import io.waypost.smtp.checks.signature.BodyHashes;
import io.waypost.smtp.checks.signature.MessageSignature;
import io.waypost.smtp.checks.signature.TagList;
import io.waypost.smtp.checks.syntax.MalformedException;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Puts the fields of a chain together and judges its structure (RFC 8617 5.2, steps 1 to 3). */
final class ArcSets {

    private final HeaderBlock header;

    private ArcSets(HeaderBlock header) {
        this.header = header;
    }

    /**
     * The sets from the first to the newest; none when there is no chain.
     *
     * @throws MalformedException when the structure is broken, or the newest sealer found it so
     */
    static List<ArcSet> of(HeaderBlock header) throws MalformedException {
        return new ArcSets(header).read();
    }

    private List<ArcSet> read() throws MalformedException {
        SortedMap<Integer, Part<Seal>> seals = parts("ARC-Seal", field -> Seal.of(tags(field)), Seal::instance);
        if (!seals.isEmpty()) {
            Seal newest = seals.sequencedValues().getLast().content();
            if (newest.chain() == Seal.Chain.FAIL) {
                throw new MalformedException(
                        newest.claim().domain() + " found the chain broken when the mail was there");
            }
        }
        SortedMap<Integer, Part<TagList>> messages =
                parts(MessageSignature.ARC_FIELD, this::tags, MessageSignature::instance);
        SortedMap<Integer, Part<Claims>> results =
                parts("ARC-Authentication-Results", field -> Claims.of(field.value()), Claims::instance);
        int count = Math.max(seals.size(), Math.max(messages.size(), results.size()));
        List<ArcSet> sets = new ArrayList<>();
        for (int instance = 1; instance <= count; instance++) {
            sets.add(set(instance, results, messages, seals));
        }
        return sets;
    }

    private static ArcSet set(
            int instance,
            SortedMap<Integer, Part<Claims>> results,
            SortedMap<Integer, Part<TagList>> messages,
            SortedMap<Integer, Part<Seal>> seals)
            throws MalformedException {
        Part<Claims> result = results.get(instance);
        Part<TagList> message = messages.get(instance);
        Part<Seal> seal = seals.get(instance);
        if (result == null || message == null || seal == null) {
            throw new MalformedException("the set " + instance + " is not complete");
        }
        if (seal.content().chain() != (instance == 1 ? Seal.Chain.NONE : Seal.Chain.PASS)) {
            throw new MalformedException("the seal " + instance + " has the wrong cv=");
        }
        return new ArcSet(instance, result, message, seal);
    }

    private TagList tags(Field field) throws MalformedException {
        return TagList.ofField(header.bytes(field));
    }

    /** The fields of a name by their instance; each instance stands once. */
    private <T> SortedMap<Integer, Part<T>> parts(String name, Reading<T> reading, Instance<T> instance)
            throws MalformedException {
        List<Field> fields = header.fields(name);
        if (fields.size() > BodyHashes.MOST_ARC_SETS) {
            throw new MalformedException("more than " + BodyHashes.MOST_ARC_SETS + " fields " + name);
        }
        SortedMap<Integer, Part<T>> parts = new TreeMap<>();
        for (Field field : fields) {
            try {
                T content = reading.of(field);
                if (parts.putIfAbsent(instance.of(content), new Part<>(field, content)) != null) {
                    throw new MalformedException("two of instance " + instance.of(content));
                }
            } catch (MalformedException e) {
                throw new MalformedException(name + ": " + e.reason());
            }
        }
        return parts;
    }

    private interface Reading<T> {
        T of(Field field) throws MalformedException;
    }

    private interface Instance<T> {
        int of(T content) throws MalformedException;
    }
}
