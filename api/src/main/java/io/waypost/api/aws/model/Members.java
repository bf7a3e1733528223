package io.waypost.api.aws.model;

import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The members of a structure, in the model's order. */
public final class Members implements Iterable<Member> {

    private final List<Member> all;
    private final Map<String, Member> byName = new HashMap<>();
    private final Map<String, Member> byComponent = new HashMap<>();

    /** @throws IllegalArgumentException when two of them differ in nothing but upper and lower case */
    public Members(List<Member> all) {
        this.all = List.copyOf(all);
        for (Member member : all) {
            byName.put(member.name(), member);
            if (byComponent.put(member.name().toLowerCase(Locale.ROOT), member) != null) {
                throw new IllegalArgumentException("two members " + member.name());
            }
        }
    }

    public int size() {
        return all.size();
    }

    public Member at(int index) {
        return all.get(index);
    }

    /** The member of exactly this name; null when there is none: asked for each name of each request. */
    public @Nullable Member named(String name) {
        return byName.get(name);
    }

    /** The member that a record's component stands for: the names are equal but for upper and lower case. */
    public Optional<Member> ofComponent(String component) {
        return Optional.ofNullable(byComponent.get(component.toLowerCase(Locale.ROOT)));
    }

    @Override
    public Iterator<Member> iterator() {
        return all.iterator();
    }
}
